import type { LineCount } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';

/**
 * Counts rows, of many the newest: what is found is all there is, or there is at least as much.
 *
 * @remarks
 * Queries have one lower bound alone: SQLite enters the index by one, and should where the newest begin.
 *
 * @param options - `from`: in milliseconds since the epoch. `rows`: those since a time, which an index by
 * `time` knows by itself. `narrow`: to those to count, and selects `count`. `most`: so many rows are looked
 * at
 */
export async function countNewest(options: {
  from: number;
  rows: (from: number) => Knex.QueryBuilder;
  time: string;
  narrow: (rows: Knex.QueryBuilder, from: number) => Knex.QueryBuilder;
  most: number;
}): Promise<LineCount> {
  const { rows, time, narrow, most } = options;
  const [beyond] = await rows(options.from)
    .orderBy(time, 'desc')
    .offset(most)
    .limit(1)
    .select({ time });
  const from = beyond ? Number(beyond.time) + 1 : options.from;
  const [{ count }] = await narrow(rows(from), from);
  return { count: Number(count ?? 0), isAtLeast: beyond !== undefined };
}
