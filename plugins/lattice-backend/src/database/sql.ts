import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;
/** Rows that SQLite takes without a pause: some milliseconds. */
const ROWS_AT_ONCE = 1_000;
/** Values of one `IN (…)`: below the 32,766 and 65,535 variables of SQLite and PostgreSQL. */
const VALUES = 500;

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

/**
 * Inserts rows; where the key is there already, the columns of `merge` are set.
 *
 * @remarks
 * Rows all have the columns of the first; texts, numbers and null only.
 *
 * @param options - without `merge`, rows whose key is there already are left out; `returning`: columns of
 * the rows that were inserted or changed
 * @returns what is asked for in `returning`
 */
export async function upsert(
  knex: Knex,
  options: {
    table: string;
    rows: readonly object[];
    key: readonly string[];
    merge?: Record<string, Knex.Raw>;
    returning?: readonly string[];
  },
): Promise<any[]> {
  if (options.rows.length === 0) {
    return [];
  }
  return isPostgres(knex)
    ? upsertAsJson(knex, options)
    : upsertOneByOne(knex, options);
}

type Upsert = Parameters<typeof upsert>[1];

/** Binding each value by itself takes PostgreSQL several times as long. */
async function upsertAsJson(knex: Knex, options: Upsert): Promise<any[]> {
  const { table, rows } = options;
  const columns = Object.keys(rows[0]);
  const found: any[] = [];
  for (const piece of piecesOf(rows, ROWS)) {
    const { rows: changed } = await knex.raw('insert into ?? (??) ? ?', [
      table,
      columns,
      knex.raw('select ?? from json_populate_recordset(null::??, ?)', [
        columns,
        table,
        wellFormedJson(piece),
      ]),
      onConflict(knex, options),
    ]);
    found.push(...changed);
  }
  return options.returning ? found : [];
}

/** What there is of a connection to SQLite. */
interface SqliteConnection {
  prepare(sql: string): {
    all(...values: unknown[]): unknown[];
    run(...values: unknown[]): unknown;
  };
}

/** A statement that is prepared once takes the least time by far; it goes past Knex, which can't do that. */
async function upsertOneByOne(knex: Knex, options: Upsert): Promise<any[]> {
  const { table, rows, returning } = options;
  const columns = Object.keys(rows[0]);
  const head = knex.raw('insert into ?? (??)', [table, columns]).toSQL().sql;
  const tail = onConflict(knex, options).toSQL().sql;
  const sql = `${head} values (${columns.map(() => '?')}) ${tail}`;
  const found: any[] = [];
  const connection: SqliteConnection = await knex.client.acquireConnection();
  try {
    const statement = connection.prepare(sql);
    for (const piece of piecesOf(rows, ROWS_AT_ONCE)) {
      for (const row of piece) {
        const values = columns.map(column => row[column as never] ?? null);
        if (returning) {
          found.push(...statement.all(values));
        } else {
          statement.run(values);
        }
      }
      // SQLite holds up everything else meanwhile.
      await setImmediate();
    }
  } finally {
    await knex.client.releaseConnection(connection);
  }
  return found;
}

function onConflict(knex: Knex, options: Upsert): Knex.Raw {
  const { key, merge, returning } = options;
  return knex.raw(`on conflict (??) do ? ${returning ? 'returning ??' : ''}`, [
    [...key],
    merge ? changesOf(knex, merge) : knex.raw('nothing'),
    ...(returning ? [[...returning]] : []),
  ]);
}

/** What is set where the key is there already. */
function changesOf(knex: Knex, merge: Record<string, Knex.Raw>): Knex.Raw {
  const columns = Object.entries(merge);
  return knex.raw(
    `update set ${columns.map(() => '?? = ?').join(', ')}`,
    columns.flat(),
  );
}

/**
 * The numbers of a query, column by column, in the order of its rows.
 *
 * @remarks
 * As one JSON text for each column: of thousands of rows, the drivers make an object each, and that of
 * PostgreSQL gives 64-bit integers as text.
 *
 * @param query - selects the columns
 */
export async function readColumns<TColumn extends string>(
  knex: Knex,
  query: Knex.QueryBuilder,
  columns: readonly TColumn[],
): Promise<Record<TColumn, number[]>> {
  const gather = isPostgres(knex) ? 'json_agg' : 'json_group_array';
  const row: any = await knex
    .from(query.as('rows'))
    .first(
      columns.map(column => knex.raw(`${gather}(??) as ??`, [column, column])),
    );
  return Object.fromEntries(
    columns.map(column => [
      column,
      // PostgreSQL gives null for no rows, and its driver parses.
      typeof row[column] === 'string'
        ? JSON.parse(row[column])
        : row[column] ?? [],
    ]),
  ) as Record<TColumn, number[]>;
}

/** Whether it is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Half of a character that takes two, which JSON can write down, is no text for PostgreSQL. */
function wellFormedJson(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  return text.includes('\\ud')
    ? JSON.stringify(rows, (_, value) =>
        typeof value === 'string'
          ? value.replace(/\p{Surrogate}/gu, '\uFFFD')
          : value,
      )
    : text;
}

/**
 * Expressions for `merge` that both SQLite and PostgreSQL know; the old row goes by the table's name.
 */
export function mergeOf(knex: Knex, table: string) {
  return {
    sum: (columns: string[]) =>
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
    ofGreater: (by: string, columns: string[]) =>
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
  for (const piece of piecesOf(values, VALUES)) {
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
