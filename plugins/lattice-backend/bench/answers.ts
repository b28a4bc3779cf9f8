import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { generatedFiles } from '../../../packages/access-logs/bench/generatedFiles';
import { DAY } from '../../../packages/access-logs/bench/generateLogs';
import { addRollUps } from '../src/database/addRollUps';
import { EdgeNumbers } from '../src/database/EdgeNumbers';
import { migrate } from '../src/database/openDatabase';
import { isPostgres } from '../src/database/sql';
import type { RollUps } from '../src/ingest/rollUp';
import { saveEstates } from './generatedEstates';
import { repeatDay, rollUpsOf } from './generatedRollUps';
import { onEachDatabase } from './onEachDatabase';
import { type Portal, startPortal, type Viewer } from './startPortal';

const LINES = 2_000_000;
const LONG_DAYS = 30;
const REPETITIONS = 40;
const DAY_LENGTH = 86_400_000;
/** In the middle of a day and of an hour: before and after whole days, a window has as many hours as it can. */
const END = DAY + 12.5 * 3_600_000;
/** Milliseconds in the middle and at most in 95 of 100 times, for a day. */
const AIMS = {
  'outcomes of a service': [10, 30],
  'callers of a service': [15, 40],
  'denied page, first': [15, 40],
  'denied page, in the middle': [15, 40],
  'denied page, last': [15, 40],
  'causes, first page': [50, 120],
  'causes, last page': [50, 120],
  'causes, none found': [50, 120],
  map: [120, 300],
  'map, after new lines': [120, 300],
} as const;
/** So many times as long may the answers over 30 days take. */
const LONGER = 3;

type Kind = keyof typeof AIMS;

/** Queries for the page in the middle and for the last one, by reading on to the end. */
async function laterPages(portal: Portal, path: string): Promise<string[]> {
  const pages = [path];
  for (let next: string | undefined = path; next !== undefined; ) {
    const page = await portal.get(`${next}&limit=500`);
    const { nextCursor } = JSON.parse(page.toString());
    next = nextCursor && `${path}&cursor=${encodeURIComponent(nextCursor)}`;
    if (next !== undefined) {
      pages.push(next);
    }
  }
  return [pages[Math.floor(pages.length / 2)], pages.at(-1)!];
}

function windowOf(to: number, days: number): string {
  const from = to - days * DAY_LENGTH;
  return `from=${new Date(from).toISOString()}&to=${new Date(
    to,
  ).toISOString()}`;
}

/** What the answers of a window took: by a back end that has just started, the first and all others. */
async function measure(options: {
  knex: Knex;
  viewer: Viewer;
  days: number;
  factor: number;
  /** Of a file: what the portal takes in while it is asked. */
  newLines: RollUps;
}): Promise<string[][]> {
  const { knex, viewer, days, factor, newLines } = options;
  const portal = await startPortal({ knex, viewer });
  const window = windowOf(END, days);
  // As the page of a service asks: about a hundred buckets.
  const outcomes = `outcomes?${window}&step=${days * 900}`;
  const page = `/denied-requests?${window}`;
  const [middle, last] = await laterPages(portal, page);
  // Until now, as the page of causes asks.
  const causes = `/denial-causes?${windowOf(DAY + DAY_LENGTH, days)}`;
  const [, lastCauses] = await laterPages(portal, causes);
  const pathOf: Record<Kind, (id: string) => string> = {
    'outcomes of a service': id => `/services/${id}/${outcomes}`,
    'callers of a service': id => `/services/${id}/callers?${window}`,
    'denied page, first': () => page,
    'denied page, in the middle': () => middle,
    'denied page, last': () => last,
    'causes, first page': () => causes,
    'causes, last page': () => lastCauses,
    'causes, none found': () => `${causes}&text=nothing-of-that-name`,
    map: () => `/map?${window}`,
    'map, after new lines': () => `/map?${window}`,
  };
  const rows: string[][] = [];
  for (const [kind, [median, high]] of Object.entries(AIMS)) {
    const times: number[] = [];
    let body = Buffer.of();
    for (let round = 0; round < REPETITIONS; round++) {
      const id = portal.serviceIds[(round * 37) % portal.serviceIds.length];
      if (kind === 'map, after new lines') {
        await knex.transaction(transaction =>
          addRollUps(transaction, newLines, new EdgeNumbers()),
        );
      }
      const start = performance.now();
      body = await portal.get(pathOf[kind as Kind](id));
      times.push(performance.now() - start);
    }
    const [first] = times;
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
      first.toFixed(1),
      `${Math.round(body.length / 1000)} kB: ${bound.toFixed(1)}`,
    ]);
  }
  await portal.stop();
  return rows;
}

/** What PostgreSQL does by itself within a minute, which is longer than it takes to fill it here. */
async function settle(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw('vacuum analyze');
  }
}

async function bench(
  name: string,
  knex: Knex,
  { lines, longDays }: { lines: number; longDays: number },
): Promise<void> {
  await migrate(knex);
  const paths = generatedFiles(lines);
  for (const path of paths) {
    const rollUps = await rollUpsOf(path);
    await knex.transaction(transaction =>
      addRollUps(transaction, rollUps, new EdgeNumbers()),
    );
  }
  await saveEstates(knex);
  // Of the hour that the windows end in.
  const newLines = await rollUpsOf(
    paths[Math.floor((paths.length * 12.25) / 24)],
  );
  const print = async (days: number, factor: number) => {
    const rows: string[][] = [];
    for (const viewer of ['all', 'one team'] as const) {
      rows.push(...(await measure({ knex, viewer, days, factor, newLines })));
    }
    process.stdout.write(
      `${name}, ${(days * lines).toLocaleString('en-US')} lines of ${days} day${
        days === 1 ? '' : 's'
      }; milliseconds\n`,
    );
    const head = [
      '',
      'viewer sees',
      'median',
      '95 %',
      'aim',
      'first',
      'JSON alone',
    ];
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
  await settle(knex);
  await print(1, 1);
  if (longDays > 1) {
    await repeatDay(knex, [2, longDays]);
    await settle(knex);
    await print(longDays, LONGER);
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string' },
      // 1: a day alone, which takes a third of the time.
      days: { type: 'string' },
    },
  });
  const lines = Number(values.lines ?? LINES);
  const longDays = Number(values.days ?? LONG_DAYS);
  process.stdout.write(
    `${
      cpus()[0].model
    }, ${availableParallelism()} cores (load ${loadavg()[0].toFixed(
      1,
    )}), Node ${process.versions.node}\n`,
  );
  await onEachDatabase((name, knex) => bench(name, knex, { lines, longDays }));
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
