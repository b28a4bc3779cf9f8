import type { Knex } from 'knex';
import { causeParts } from './causeTexts';
import type { SoughtWord } from './DeniedRequestStore';
import { isAmong } from './isAmong';
import { containsText } from './recordField';

const COLUMNS = Object.values(causeParts).flat();

/**
 * Narrows a query of denied requests to those that have all of the words.
 */
export function whereWords(
  builder: Knex.QueryBuilder,
  options: { knex: Knex; words: readonly SoughtWord[] | undefined },
): void {
  const { knex, words = [] } = options;
  // No word has a space in it, so none is found where one column ends and the next begins.
  const columns = knex.raw(
    COLUMNS.map(() => '??').join(` || ' ' || `),
    COLUMNS,
  );
  for (const { text, serviceArns } of words) {
    builder.andWhere(either =>
      either
        .where(containsText(knex, columns, text))
        .orWhere(isAmong(knex, 'service_arn', serviceArns)),
    );
  }
}
