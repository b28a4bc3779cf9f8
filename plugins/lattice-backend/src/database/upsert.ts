import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isPostgres, piecesOf } from './sql';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;
/** Rows that SQLite takes without a pause: some milliseconds. */
const ROWS_AT_ONCE = 1_000;

/** What to write: texts, numbers and null only. */
interface Upsert {
  table: string;
  /** All have the columns of the first. */
  rows: readonly object[];
  /** Those that are written. Absent: all that the first row has. */
  columns?: readonly string[];
  key: readonly string[];
  merge?: Record<string, Knex.Raw>;
  returning?: readonly string[];
}

/**
 * Inserts rows; where the key is there already, the columns of `merge` are set.
 *
 * @param options - without `merge`, rows whose key is there already are left out; `returning`: columns of
 * the rows that were inserted or changed
 * @returns what is asked for in `returning`
 */
export async function upsert(knex: Knex, options: Upsert): Promise<any[]> {
  if (options.rows.length === 0) {
    return [];
  }
  return isPostgres(knex)
    ? upsertAsJson(knex, options)
    : upsertOneByOne(knex, options);
}

function columnsOf({ rows, columns }: Upsert): string[] {
  return [...(columns ?? Object.keys(rows[0]))];
}

/** Binding each value by itself takes PostgreSQL several times as long. */
async function upsertAsJson(knex: Knex, options: Upsert): Promise<any[]> {
  const { table, rows } = options;
  const columns = columnsOf(options);
  const found: any[] = [];
  for (const piece of piecesOf(rows, ROWS)) {
    const { rows: changed } = await knex.raw('insert into ?? (??) ? ?', [
      table,
      columns,
      knex.raw('select ?? from json_populate_recordset(null::??, ?)', [
        columns,
        table,
        wellFormedJson(piece, columns),
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
  const columns = columnsOf(options);
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
