import type { Knex } from 'knex';
import { listsOfColumns } from './listsOfColumns';
import { runPrepared } from './runPrepared';
import { isPostgres, piecesOf } from './sql';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;

/** What to write: texts, whole numbers and null only. */
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
    ? upsertAsLists(knex, options)
    : upsertOneByOne(knex, options);
}

function columnsOf({ rows, columns }: Upsert): string[] {
  return [...(columns ?? Object.keys(rows[0]))];
}

/** Binding each value by itself takes PostgreSQL several times as long. */
async function upsertAsLists(knex: Knex, options: Upsert): Promise<any[]> {
  const { table, rows } = options;
  const columns = columnsOf(options);
  const found: any[] = [];
  for (const piece of piecesOf(rows, ROWS)) {
    const { rows: changed } = await knex.raw('insert into ?? (??) ? ?', [
      table,
      columns,
      selectOf(knex, piece, columns),
      onConflict(knex, options),
    ]);
    found.push(...changed);
  }
  return options.returning ? found : [];
}

/** A query that gives the rows, in their order. */
function selectOf(
  knex: Knex,
  rows: readonly object[],
  columns: readonly string[],
): Knex.Raw {
  const { marks, lists } = listsOfColumns(rows, columns);
  const places = [...lists.keys()];
  const valueOf = (at: number) =>
    lists[at].type ? `value_${at}::${lists[at].type}` : 'null';
  return knex.raw(
    `select ${places.map(valueOf)} from (select ${places.map(
      // Not in its `from`, where PostgreSQL would put all values down first.
      at => `unnest(string_to_array(?, ?, ?)) as value_${at}`,
    )}) as given limit ?`,
    [
      ...lists.flatMap(({ list }) => [list, marks.end, marks.absent]),
      rows.length,
    ],
  );
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
