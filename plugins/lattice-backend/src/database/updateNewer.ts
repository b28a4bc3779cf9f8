import type { Knex } from 'knex';
import { runPrepared } from './runPrepared';
import { isPostgres, piecesOf } from './sql';
import { wellFormedJson } from './wellFormedJson';

/** Rows of one statement: a few megabytes of text. */
const ROWS = 5_000;

/**
 * Sets columns of rows that are there, where what is given is newer. It takes half of the time of inserting
 * what is there already.
 *
 * @param options - `key`: a column; `time`: of `columns`, that which tells what is newer
 */
export async function updateNewer(
  knex: Knex,
  options: {
    table: string;
    rows: readonly object[];
    key: string;
    columns: readonly string[];
    time: string;
  },
): Promise<void> {
  const { table, rows, key, columns, time } = options;
  if (!isPostgres(knex)) {
    const quoted = (name: string) => knex.raw('??', [name]).toSQL().sql;
    const sets = columns.map(column => `${quoted(column)} = ?`);
    const sql = `update ${quoted(table)} set ${sets} where ${quoted(
      key,
    )} = ? and ${quoted(time)} < ?`;
    await runPrepared(knex, { sql, rows, columns: [...columns, key, time] });
    return;
  }
  for (const piece of piecesOf(rows, ROWS)) {
    await knex.raw(
      `update ?? set ${columns
        .map(() => '?? = ??')
        .join(', ')} from json_populate_recordset(null::??, ?) as newer
      where ?? = ?? and ?? < ??`,
      [
        table,
        ...columns.flatMap(column => [column, `newer.${column}`]),
        table,
        wellFormedJson(piece, [...columns, key]),
        ...[`${table}.${key}`, `newer.${key}`],
        ...[`${table}.${time}`, `newer.${time}`],
      ],
    );
  }
}
