import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { piecesOf } from './sql';

/** Rows that SQLite takes without a pause: some milliseconds. */
const ROWS_AT_ONCE = 1_000;

/** What there is of a connection to SQLite. */
interface SqliteConnection {
  prepare(sql: string): {
    all(...values: unknown[]): unknown[];
    run(...values: unknown[]): unknown;
  };
}

/**
 * Runs a statement of SQLite for each row. One that is prepared once takes the least time by far; it goes
 * past Knex, which can't do that.
 *
 * @param options - `columns`: whose values are bound, in this order; `returns`: whether it gives rows
 * @returns the rows it gives
 */
export async function runPrepared(
  knex: Knex,
  options: {
    sql: string;
    rows: readonly object[];
    columns: readonly string[];
    returns?: boolean;
  },
): Promise<any[]> {
  const { sql, rows, columns, returns } = options;
  const found: any[] = [];
  const connection: SqliteConnection = await knex.client.acquireConnection();
  try {
    const statement = connection.prepare(sql);
    for (const piece of piecesOf(rows, ROWS_AT_ONCE)) {
      for (const row of piece) {
        const values = columns.map(column => row[column as never] ?? null);
        if (returns) {
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
