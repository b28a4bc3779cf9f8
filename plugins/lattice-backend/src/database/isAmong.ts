import type { Knex } from 'knex';
import { isPostgres } from './sql';

/**
 * Whether a column has one of some values, however many there are: each a variable of its own, they could be too
 * many for a statement.
 *
 * @param values - whole numbers, or texts, as the column has
 */
export function isAmong(
  knex: Knex,
  column: string,
  values: readonly number[] | readonly string[],
): Knex.Raw {
  if (values.length === 0) {
    // It has no type that PostgreSQL could hold against the column's.
    return knex.raw('1 = 0');
  }
  if (!isPostgres(knex)) {
    return knex.raw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(values),
    ]);
  }
  const type = typeof values[0] === 'number' ? 'bigint' : 'text';
  return knex.raw(`?? = any(?::${type}[])`, [column, values as never]);
}
