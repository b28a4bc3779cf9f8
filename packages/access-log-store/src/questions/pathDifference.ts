import { type PathWords, pathShape } from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { isAnyOf } from '../sql/scope';
import { join, sql, type Sql } from '../sql/Sql';

/** What ids of a path may have within beside letters, digits, `_` and `-`; and `*` itself. */
const ODD = ['.', ',', ':', '+', '~', '=', '{', '}', '@', '*'];
/** A longer part counts as an id whatever is in it, see `pathShape`. */
const LONGEST = 100;
/** A path with so many parts may have more than its shape tells, see `pathShape`. */
const TOO_MANY_PARTS = 10;
/** Engines have limits on expressions; beyond, paths are told apart as they are. */
const LONGEST_EXPRESSION = 20_000;

/**
 * What paths of one shape differ in; NULL where it doesn't matter.
 *
 * @remarks
 * A shape leaves out ids. Those of letters, digits, `_` and `-` are words, and all words that the policies
 * don't touch are alike to them. Other paths stand for themselves.
 *
 * @param wholeFor - calls that ended so keep their paths as they are
 */
export function pathDifference(
  words: PathWords,
  wholeFor: readonly Outcome[] = [],
): Sql {
  const expression = touchedIds(words);
  const whole = [
    ...(wholeFor.length > 0 ? isAnyOf('outcome', wholeFor) : []),
    ...ODD.map(character => sql`strpos(request_path, ${character}) > 0`),
    sql`length(request_path) > ${LONGEST}`,
    sql`coalesce(split_part(path_shape, '/', ${TOO_MANY_PARTS}), '') <> ''`,
    ...(expression === undefined
      ? []
      : [
          sql`coalesce(regexp_extract(lower(request_path), ${expression}), '') <> ''`,
        ]),
  ];
  return (expression?.length ?? 0) > LONGEST_EXPRESSION
    ? sql`request_path`
    : sql`CASE WHEN strpos(path_shape, '*') > 0 AND (${join(
        whole,
        ' OR ',
      )}) THEN request_path END`;
}

/**
 * A regular expression, the same for all engines, for paths in lower case that may have an id that is
 * touched. Undefined: no id is.
 *
 * @remarks
 * Every id has a digit or is a UUID, which has a `-`; and those with letters have five characters or more.
 */
function touchedIds(words: PathWords): string | undefined {
  const any = '[a-z0-9_-]*';
  const mark = '[0-9-]';
  const hasMark = (word: string) => /[0-9-]/.test(word);
  const ids = [
    ...words.whole.filter(word => pathShape(`/${word}`) === '/*'),
    ...words.starts.map(word =>
      hasMark(word) ? longEnough(word) : `${word}${any}${mark}${any}`,
    ),
    ...words.ends.map(word =>
      hasMark(word) ? `${any}${word}` : `${any}${mark}${any}${word}`,
    ),
    ...words.parts.flatMap(word =>
      hasMark(word)
        ? [`${any}${word}${any}`]
        : [
            `${any}${mark}${any}${word}${any}`,
            `${any}${word}${any}${mark}${any}`,
          ],
    ),
  ];
  return ids.length === 0 ? undefined : `(^|/)(${ids.join('|')})(/|$)`;
}

/** An id that begins with a word, which has a digit or a `-`: `/v2*` is not about `/v2` alone. */
function longEnough(start: string): string {
  return /[a-z_]/.test(start)
    ? `${start}[a-z0-9_-]{${Math.max(0, 5 - start.length)},}`
    : `${start}[a-z0-9_-]*`;
}
