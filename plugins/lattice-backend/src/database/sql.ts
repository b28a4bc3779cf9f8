import type { Knex } from 'knex';

/** Values of one `IN (…)`: below the 32,766 and 65,535 variables of SQLite and PostgreSQL. */
export const MOST_VALUES = 500;

/**
 * Cuts a list into pieces of at most `size`.
 */
export function* piecesOf<T>(
  items: readonly T[],
  size: number,
): Generator<T[]> {
  for (let index = 0; index < items.length; index += size) {
    yield items.slice(index, index + size);
  }
}

/** Whether it is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * Expressions for `merge` that both SQLite and PostgreSQL know; the old row goes by the table's name.
 */
export function mergeOf(knex: Knex, table: string) {
  return {
    sum: (columns: readonly string[]) =>
      Object.fromEntries(
        columns.map(column => [
          column,
          knex.raw('?? + excluded.??', [`${table}.${column}`, column]),
        ]),
      ),
    least: (column: string) => ({
      [column]: knex.raw(
        'case when excluded.?? < ?? then excluded.?? else ?? end',
        [column, `${table}.${column}`, column, `${table}.${column}`],
      ),
    }),
    /** The columns of whichever row has more in `by`. */
    ofGreater: (by: string, columns: readonly string[]) =>
      Object.fromEntries(
        columns.map(column => [
          column,
          knex.raw('case when excluded.?? > ?? then excluded.?? else ?? end', [
            by,
            `${table}.${by}`,
            column,
            `${table}.${column}`,
          ]),
        ]),
      ),
  };
}

/**
 * Runs a query for any number of values.
 */
export async function forValues<TValue, TRow>(
  values: TValue[],
  query: (piece: TValue[]) => PromiseLike<TRow[]>,
): Promise<TRow[]> {
  const rows: TRow[] = [];
  for (const piece of piecesOf(values, MOST_VALUES)) {
    rows.push(...(await query(piece)));
  }
  return rows;
}

/**
 * ISO 8601 of a time column. PostgreSQL gives 64-bit integers as text.
 */
export function isoOf(time: number | string): string {
  return new Date(Number(time)).toISOString();
}

/**
 * ISO 8601 of a time column that may be null.
 */
export function optionalIsoOf(
  time: number | string | null | undefined,
): string | undefined {
  return time === null || time === undefined ? undefined : isoOf(time);
}

/**
 * A number of a column that may be null. PostgreSQL gives 64-bit integers as text.
 */
export function optionalNumberOf(
  value: number | string | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
