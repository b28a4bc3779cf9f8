import type { Knex } from 'knex';
import { runPrepared } from './runPrepared';
import { isPostgres, piecesOf } from './sql';
import { wellFormedJson } from './wellFormedJson';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;

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

async function upsertOneByOne(knex: Knex, options: Upsert): Promise<any[]> {
  const { table, rows, returning } = options;
  const columns = columnsOf(options);
  const head = knex.raw('insert into ?? (??)', [table, columns]).toSQL().sql;
  const tail = onConflict(knex, options).toSQL().sql;
  return runPrepared(knex, {
    sql: `${head} values (${columns.map(() => '?')}) ${tail}`,
    rows,
    columns,
    returns: returning !== undefined,
  });
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
