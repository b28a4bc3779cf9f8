import type { Knex } from 'knex';
import { type CausePart, numberColumns, textNumber } from './causeTexts';
import type { SoughtWord } from './DeniedRequestStore';
import { containsText } from './recordField';
import { isAmong } from './isAmong';

/** The numbers of the texts that have a word, by part of a cause; of parts without one there is nothing. */
export type FoundTexts = Map<CausePart, number[]>;

/**
 * The texts that have each of the words: there are far fewer texts than causes.
 */
export async function findTexts(
  knex: Knex,
  words: readonly SoughtWord[] = [],
): Promise<FoundTexts[]> {
  if (words.length === 0) {
    return [];
  }
  const hasWord = words.map(({ text }) =>
    containsText(knex, knex.ref('text') as unknown as Knex.Raw, text),
  );
  const rows: any[] = await knex('denied_texts')
    .where(any => hasWord.forEach(has => any.orWhere(has)))
    .select('part', 'number')
    .select(
      hasWord.map((has, index) =>
        knex.raw('case when ? then 1 else 0 end as ??', [has, `has_${index}`]),
      ),
    );
  return words.map(({ serviceArns }, index) => {
    const found: FoundTexts = new Map();
    const add = (part: CausePart, number: number) => {
      const numbers = found.get(part) ?? [];
      found.set(part, numbers);
      numbers.push(number);
    };
    for (const row of rows) {
      if (row[`has_${index}`]) {
        add(row.part, Number(row.number));
      }
    }
    for (const arn of serviceArns) {
      add('service', textNumber('service', arn));
    }
    return found;
  });
}

/**
 * Narrows a query of causes, or of hours of causes, to those that have all of the words.
 */
export function whereTexts(
  builder: Knex.QueryBuilder,
  options: { knex: Knex; words: readonly FoundTexts[] },
): void {
  const { knex, words } = options;
  for (const found of words) {
    builder.andWhere(either => {
      // Without any, nothing is read at all.
      either.whereRaw('1 = 0');
      for (const [part, numbers] of found) {
        either.orWhere(isAmong(knex, numberColumns[part], numbers));
      }
    });
  }
}
