import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import { addRollUps } from '../src/database/addRollUps';
import { prepareLines } from '../src/ingest/prepareLines';
import { rollUp, type RollUps } from '../src/ingest/rollUp';

const FOLDER = resolve(__dirname, '../../../.lattice/bench');
const DAY_LENGTH = 86_400_000;

/** The day that is generated. */
export const DAY = Date.UTC(2026, 10, 22);

/** Where {@link generatedFiles} are. */
export function generatedFolder(lines: number): string {
  return join(FOLDER, `logs-20261122-${lines}`);
}

/** The gzip files of the generated day, kept for the next time. */
export function generatedFiles(lines: number): string[] {
  const folder = generatedFolder(lines);
  if (!existsSync(folder)) {
    process.stderr.write(`Writing ${lines} lines to ${folder}\n`);
    const logs = require.resolve('@lattice-portal/access-logs/package.json');
    execFileSync(process.execPath, [
      ...process.execArgv,
      join(dirname(logs), 'bench/generate.ts'),
      `${folder}.new`,
      '--lines',
      String(lines),
    ]);
    renameSync(`${folder}.new`, folder);
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.gz'))
    .sort()
    .map(name => join(folder, name));
}

/** The roll-ups of a file, as ingest makes them. */
export function rollUpsOf(path: string): RollUps {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const prepared = prepareLines(
    lines.map((text, index) => ({
      id: `${path} ${index}`,
      timestamp: DAY,
      text,
    })),
  );
  return rollUp(
    prepared.flatMap(line => (line.kind === 'call' ? [line.call] : [])),
  );
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
    for (const edges of ['edges_1h', 'edges_1d']) {
      await copyRows(knex, edges, {
        bucket: shift,
        first_seen: shift,
        last_seen: shift,
      });
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
