import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { generatedFiles } from '../../../packages/access-logs/bench/generatedFiles';
import { DAY } from '../../../packages/access-logs/bench/generateLogs';
import { addRollUps } from '../src/database/addRollUps';
import { migrate } from '../src/database/openDatabase';
import { saveEstates } from './generatedEstates';
import { repeatDay, rollUpsOf } from './generatedRollUps';
import { onEachDatabase } from './onEachDatabase';
import { type Portal, startPortal, type Viewer } from './startPortal';

const LINES = 2_000_000;
const LONG_DAYS = 30;
const REPETITIONS = 40;
const DAY_LENGTH = 86_400_000;
const HALF_HOUR = 1_800_000;
/** Milliseconds in the middle and at most in 95 of 100 times, for a day. */
const AIMS = {
  'outcomes of a service': [10, 30],
  'callers of a service': [15, 40],
  'denied page, first': [15, 40],
  'denied page, in the middle': [15, 40],
  'denied page, last': [15, 40],
  causes: [50, 120],
  map: [120, 300],
} as const;
/** So many times as long may the answers over 30 days take. */
const LONGER = 3;

type Kind = keyof typeof AIMS;

/** Cursors of the page in the middle and of the last one, by reading on to the end. */
async function cursorsOf(portal: Portal, path: string): Promise<string[]> {
  const cursors: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await portal.get(
      `${path}&limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    cursor = JSON.parse(page.toString()).nextCursor;
    if (cursor) {
      cursors.push(cursor);
    }
  }
  return [cursors[Math.floor(cursors.length / 2)], cursors.at(-1)!];
}

/** What the answers of a window took. The last hour of it is not full: it ends in no whole day. */
async function measure(options: {
  knex: Knex;
  viewer: Viewer;
  days: number;
  factor: number;
}): Promise<string[][]> {
  const { knex, viewer, days, factor } = options;
  const portal = await startPortal({ knex, viewer });
  const to = DAY + DAY_LENGTH - HALF_HOUR;
  const from = to - days * DAY_LENGTH;
  const window = `from=${new Date(from).toISOString()}&to=${new Date(
    to,
  ).toISOString()}`;
  // As the page of a service asks: about a hundred buckets.
  const outcomes = `outcomes?${window}&step=${days * 900}`;
  const page = `/denied-requests?${window}`;
  const [middle, last] = (await cursorsOf(portal, page)).map(
    encodeURIComponent,
  );
  const pathOf: Record<Kind, (id: string) => string> = {
    'outcomes of a service': id => `/services/${id}/${outcomes}`,
    'callers of a service': id => `/services/${id}/callers?${window}`,
    'denied page, first': () => page,
    'denied page, in the middle': () => `${page}&cursor=${middle}`,
    'denied page, last': () => `${page}&cursor=${last}`,
    causes: () => `/denial-causes?${window}`,
    map: () => `/map?${window}`,
  };
  const rows: string[][] = [];
  for (const [kind, [median, high]] of Object.entries(AIMS)) {
    const times: number[] = [];
    let body = Buffer.of();
    for (let round = 0; round < REPETITIONS; round++) {
      const id = portal.serviceIds[(round * 37) % portal.serviceIds.length];
      const start = performance.now();
      body = await portal.get(pathOf[kind as Kind](id));
      times.push(performance.now() - start);
    }
    times.sort((one, other) => one - other);
    const start = performance.now();
    JSON.stringify(JSON.parse(body.toString()));
    const bound = performance.now() - start;
    rows.push([
      kind,
      viewer,
      times[REPETITIONS / 2].toFixed(1),
      times[Math.ceil(REPETITIONS * 0.95) - 1].toFixed(1),
      `${median * factor} / ${high * factor}`,
      `${Math.round(body.length / 1000)} kB: ${bound.toFixed(1)}`,
    ]);
  }
  await portal.stop();
  return rows;
}

async function bench(name: string, knex: Knex, lines: number): Promise<void> {
  await migrate(knex);
  for (const path of generatedFiles(lines)) {
    const rollUps = rollUpsOf(path);
    await knex.transaction(transaction => addRollUps(transaction, rollUps));
  }
  await saveEstates(knex);
  const print = async (days: number, factor: number) => {
    const rows: string[][] = [];
    for (const viewer of ['all', 'one team'] as const) {
      rows.push(...(await measure({ knex, viewer, days, factor })));
    }
    process.stdout.write(
      `${name}, ${(days * lines).toLocaleString('en-US')} lines of ${days} day${
        days === 1 ? '' : 's'
      }; milliseconds\n`,
    );
    const head = ['', 'viewer sees', 'median', '95 %', 'aim', 'JSON alone'];
    for (const row of [head, ...rows]) {
      process.stdout.write(
        `${row
          .map((cell, column) => cell.padEnd(column === 0 ? 28 : 12))
          .join('')
          .trimEnd()}\n`,
      );
    }
  };
  await repeatDay(knex, [1, 1]);
  await print(1, 1);
  await repeatDay(knex, [2, LONG_DAYS]);
  await print(LONG_DAYS, LONGER);
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { lines: { type: 'string' } } });
  const lines = Number(values.lines ?? LINES);
  process.stdout.write(
    `${
      cpus()[0].model
    }, ${availableParallelism()} cores (load ${loadavg()[0].toFixed(
      1,
    )}), Node ${process.versions.node}\n`,
  );
  await onEachDatabase((name, knex) => bench(name, knex, lines));
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
