import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isPostgres, piecesOf } from './sql';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;
/** Rows that SQLite takes without a pause: some milliseconds. */
const ROWS_AT_ONCE = 1_000;

/** Rows of a table, all with the columns of the first; texts, numbers and null only. */
interface Rows {
  table: string;
  rows: readonly object[];
  /** Those that are written. Absent: all that the first row has. */
  columns?: readonly string[];
}

/** SQL around the rows that are given. */
interface Statement {
  before: Knex.Raw;
  /** How SQLite is given a row. */
  row: string;
  after: Knex.Raw;
}

/**
 * Inserts rows; where the key is there already, the columns of `merge` are set.
 *
 * @param options - without `merge`, rows whose key is there already are left out; `returning`: columns of
 * the rows that were inserted or changed
 * @returns what is asked for in `returning`
 */
export async function upsert(
  knex: Knex,
  options: Rows & {
    key: readonly string[];
    merge?: Record<string, Knex.Raw>;
    returning?: readonly string[];
  },
): Promise<any[]> {
  const { table, key, merge, returning } = options;
  const columns = columnsOf(options);
  return writeRows(knex, options, {
    before: knex.raw('insert into ?? (??)', [table, columns]),
    row: `values (${columns.map(() => '?')})`,
    after: knex.raw(
      `on conflict (??) do ? ${returning ? 'returning ??' : ''}`,
      [
        [...key],
        merge
          ? knex.raw('update set ?', [changesOf(knex, merge)])
          : knex.raw('nothing'),
        ...(returning ? [[...returning]] : []),
      ],
    ),
  });
}

/**
 * Sets the columns of `merge` in rows that are there.
 *
 * @param options - `key`: the column that tells which row; rows that are not there are left out
 */
export async function update(
  knex: Knex,
  options: Rows & { key: string; merge: Record<string, Knex.Raw> },
): Promise<void> {
  const { table, key, merge } = options;
  // By the name that `merge` has for what is given.
  const given = 'excluded';
  const values = columnsOf(options).map(column => knex.raw('??', column));
  await writeRows(knex, options, {
    before: knex.raw('update ?? set ? from (', [table, changesOf(knex, merge)]),
    row: `select ${values.map(column => `? as ${column}`)}`,
    after: knex.raw(') as ?? where ?? = ??', [
      given,
      `${table}.${key}`,
      `${given}.${key}`,
    ]),
  });
}

function columnsOf({ rows, columns }: Rows): string[] {
  return [...(columns ?? Object.keys(rows[0] ?? {}))];
}

/** @returns what the statement returns, if it does */
async function writeRows(
  knex: Knex,
  rows: Rows,
  statement: Statement,
): Promise<any[]> {
  if (rows.rows.length === 0) {
    return [];
  }
  return isPostgres(knex)
    ? writeAsJson(knex, rows, statement)
    : writeOneByOne(knex, rows, statement);
}

/** Binding each value by itself takes PostgreSQL several times as long. */
async function writeAsJson(
  knex: Knex,
  options: Rows,
  { before, after }: Statement,
): Promise<any[]> {
  const columns = columnsOf(options);
  const found: any[] = [];
  for (const piece of piecesOf(options.rows, ROWS)) {
    const { rows } = await knex.raw('? ? ?', [
      before,
      knex.raw('select ?? from json_populate_recordset(null::??, ?)', [
        columns,
        options.table,
        wellFormedJson(piece, columns),
      ]),
      after,
    ]);
    found.push(...rows);
  }
  return found;
}

/** What there is of a connection to SQLite. */
interface SqliteConnection {
  prepare(sql: string): {
    /** Whether it returns something. */
    reader: boolean;
    all(...values: unknown[]): unknown[];
    run(...values: unknown[]): unknown;
  };
}

/** A statement that is prepared once takes the least time by far; it goes past Knex, which can't do that. */
async function writeOneByOne(
  knex: Knex,
  options: Rows,
  { before, row, after }: Statement,
): Promise<any[]> {
  const columns = columnsOf(options);
  const sql = [before.toSQL().sql, row, after.toSQL().sql].join(' ');
  const found: any[] = [];
  const connection: SqliteConnection = await knex.client.acquireConnection();
  try {
    const statement = connection.prepare(sql);
    for (const piece of piecesOf(options.rows, ROWS_AT_ONCE)) {
      for (const given of piece) {
        const values = columns.map(column => given[column as never] ?? null);
        if (statement.reader) {
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

function changesOf(knex: Knex, merge: Record<string, Knex.Raw>): Knex.Raw {
  const columns = Object.entries(merge);
  return knex.raw(
    columns.map(() => '?? = ?').join(', '),
    columns.flat() as any[],
  );
}

/** Half of a character that takes two, which JSON can write down, is no text for PostgreSQL. */
function wellFormedJson(rows: readonly object[], columns: string[]): string {
  const text = JSON.stringify(rows, columns);
  return text.includes('\\ud')
    ? JSON.stringify(
        rows.map(row =>
          Object.fromEntries(
            columns.map(column => [column, wellFormed(row[column as never])]),
          ),
        ),
      )
    : text;
}

function wellFormed(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/\p{Surrogate}/gu, '\uFFFD')
    : value;
}
