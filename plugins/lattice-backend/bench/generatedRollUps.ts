import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { columnsOf } from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import { DAY } from '../../../packages/access-logs/bench/generateLogs';
import { rollUp, type RollUps } from '../src/ingest/rollUp';
import { Novelty } from '../src/ingest/SeenTable';

const DAY_LENGTH = 86_400_000;

/** The roll-ups of a file, as ingest makes them. */
export async function rollUpsOf(path: string): Promise<RollUps> {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const columns = columnsOf(
    lines.map((text, index) => ({
      id: `${path} ${index}`,
      timestamp: DAY,
      text,
    })),
  );
  const novelties = new Uint8Array(columns.size).fill(Novelty.New);
  return rollUp([{ columns, novelties }], { sourceNumber: 1 });
}

/**
 * Repeats the roll-ups of the day on the days before it, in the database: other times, other denied calls.
 *
 * @param days - the first and the last of them: 1 is the day before
 */
export async function repeatDay(
  knex: Knex,
  [first, last]: [number, number],
): Promise<void> {
  for (let day = first; day <= last; day++) {
    const shift = day * DAY_LENGTH;
    await copyRows(knex, 'outcomes_5m', { bucket: shift });
    await copyRows(knex, 'edge_versions', { bucket: shift });
    for (const edges of ['edges_1h', 'edges_1d']) {
      await copyRows(knex, edges, { bucket: shift });
    }
    await copyRows(
      knex,
      'denied_causes_1h',
      { bucket: shift, first_seen: shift, last_seen: shift },
      { example_id: day },
    );
    await copyRows(knex, 'denied_requests', { start_time: shift }, { id: day });
  }
}

async function copyRows(
  knex: Knex,
  table: string,
  earlier: Record<string, number>,
  renamed: Record<string, number> = {},
): Promise<void> {
  const columns = Object.keys(await knex(table).columnInfo());
  const time = table === 'denied_requests' ? 'start_time' : 'bucket';
  const values = columns.map(column => {
    if (column in earlier) {
      return knex.raw('?? - ?', [column, earlier[column]]);
    }
    return column in renamed
      ? knex.raw('substr(??, 1, 60) || ?', [column, `-${renamed[column]}`])
      : knex.ref(column);
  });
  await knex(knex.raw('?? (??)', [table, columns])).insert(
    knex(table).where(time, '>=', DAY).select(values),
  );
}
