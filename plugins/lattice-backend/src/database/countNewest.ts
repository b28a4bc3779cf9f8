import type { LineCount } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';

/**
 * Counts rows, of many the newest: what is found is all there is, or there is at least as much.
 *
 * @param options - `rows`: those of a time, which an index knows by itself. `narrow`: to those to count,
 * after a time if there is one, and selects `count`. `most`: so many rows are looked at
 */
export async function countNewest(options: {
  rows: Knex.QueryBuilder;
  time: string;
  narrow: (rows: Knex.QueryBuilder, after?: number) => Knex.QueryBuilder;
  most: number;
}): Promise<LineCount> {
  const { rows, time, narrow, most } = options;
  const [beyond] = await rows
    .clone()
    .orderBy(time, 'desc')
    .offset(most)
    .limit(1)
    .select({ time });
  const after = beyond && Number(beyond.time);
  const looked = rows.clone();
  if (after !== undefined) {
    looked.where(time, '>', after);
  }
  const [{ count }] = await narrow(looked, after);
  return { count: Number(count ?? 0), isAtLeast: after !== undefined };
}
