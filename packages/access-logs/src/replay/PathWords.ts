import type { Policy } from '@lattice-portal/auth-policy';

const REQUEST_PATH = 'vpc-lattice-svcs:requestpath';
const TEXT_OPERATOR = /^(String(Not)?(Equals|EqualsIgnoreCase|Like)|Null)$/;
/** The ARN of one service, whatever comes behind. */
const SERVICE_ARN =
  /^arn:[a-z0-9-]+:vpc-lattice:[a-z0-9-]+:\d{12}:service\/[a-z0-9-]+/;

/**
 * The words of paths that the literal texts of policies can reach into, in lower case. All other words are
 * alike to the policies.
 *
 * @remarks
 * A word is a longest run of ASCII letters, digits, `_` and `-`.
 *
 * @public
 */
export interface PathWords {
  /** Words that are one of these. */
  whole: readonly string[];
  /** Words that begin with one of these. */
  starts: readonly string[];
  /** Words that end with one of these. */
  ends: readonly string[];
  /** Words that have one of these within. */
  parts: readonly string[];
}

/**
 * Which words of the paths of calls, to any service, policies read.
 *
 * @returns undefined if they may read more than words: then every path is one of its own
 *
 * @public
 */
export function pathWordsOf(
  policies: readonly Policy[],
): PathWords | undefined {
  const patterns = patternsOn(policies, pattern => {
    const [arn] = pattern.match(SERVICE_ARN) ?? [];
    const star = pattern.indexOf('*');
    // Of a pattern without wildcard that is for no service, nothing is known.
    const start = arn?.length ?? Math.max(star, 0);
    return /\?|\$\{/.test(pattern.slice(0, start))
      ? [pattern]
      : [pattern.slice(start)];
  });
  return patterns && wordsIn(patterns);
}

/**
 * The patterns that paths are held against, in lower case, each from where the path begins; undefined if
 * there is more to it.
 *
 * @param onPath - the part of a resource pattern, in lower case, that a path can have to do with
 */
export function patternsOn(
  policies: readonly Policy[],
  onPath: (pattern: string) => string[],
): string[] | undefined {
  const patterns: string[] = [];
  for (const { statements } of policies) {
    for (const { resource, conditions = [] } of statements) {
      patterns.push(
        ...resource.patterns.flatMap(one => onPath(one.toLowerCase())),
      );
      for (const { key, base, values } of conditions) {
        if (key.toLowerCase() === REQUEST_PATH) {
          if (!TEXT_OPERATOR.test(base)) {
            return undefined;
          }
          patterns.push(...values.map(({ text }) => text.toLowerCase()));
        }
      }
    }
  }
  return patterns.some(pattern => /\?|\$\{/.test(pattern))
    ? undefined
    : patterns;
}

/** @param patterns - in lower case, with `*` as the only wildcard */
export function wordsIn(patterns: readonly string[]): PathWords {
  const words = {
    whole: new Set<string>(),
    starts: new Set<string>(),
    ends: new Set<string>(),
    parts: new Set<string>(),
  };
  for (const pattern of new Set(patterns)) {
    for (const { 0: word, index } of pattern.matchAll(/[\w-]+/g)) {
      const isOpenBefore = pattern[index - 1] === '*';
      const isOpenBehind = pattern[index + word.length] === '*';
      if (isOpenBefore && isOpenBehind) {
        words.parts.add(word);
      } else if (isOpenBefore) {
        words.ends.add(word);
      } else if (isOpenBehind) {
        words.starts.add(word);
      } else {
        words.whole.add(word);
      }
    }
  }
  return {
    whole: [...words.whole],
    starts: [...words.starts],
    ends: [...words.ends],
    parts: [...words.parts],
  };
}
