import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  generatedFiles,
  generatedFolder,
} from '../../../packages/access-logs/bench/generatedFiles';
import { DAY } from '../../../packages/access-logs/bench/generateLogs';
import { countOutcomes } from '../src/__testUtils__/countOutcomes';
import { estateOf } from '../src/__testUtils__/estateOf';
import { DatabaseIngestStore } from '../src/database/DatabaseIngestStore';
import { openDatabase } from '../src/database/openDatabase';
import { RecordOutbox } from '../src/database/RecordOutbox';
import { AccessLogIngester } from '../src/ingest/AccessLogIngester';
import type { EstateService } from '../src/estate/EstateService';
import { folderSource } from './folderSource';
import { benchDatabases, onDatabase } from './onEachDatabase';

const LINES = 2_000_000;
/** Of the rate of DuckDB alone. */
const AIM = 0.6;
const HOUR = 3_600_000;
const ACCOUNT = '100000000001';
const REGION = 'eu-central-1';
const NETWORK = 'sn-0a1b2c3d4e5f60718';

const subscription = {
  arn: `arn:aws:vpc-lattice:${REGION}:${ACCOUNT}:accesslogsubscription/als-1`,
  id: 'als-1',
  accountId: ACCOUNT,
  region: REGION,
  resourceArn: `arn:aws:vpc-lattice:${REGION}:${ACCOUNT}:servicenetwork/${NETWORK}`,
  destinationArn: 'arn:aws:s3:::bench',
};

/** Takes everything in as the portal does, and says how long that took. */
async function takeIn(knex: Knex, lines: number): Promise<number> {
  await openDatabase({ getClient: async () => knex });
  // All the same time: no turn ends.
  const now = () => DAY + 25 * HOUR;
  const outbox = RecordOutbox.create({ knex, sinks: [] });
  const store = DatabaseIngestStore.create({ knex, outbox });
  const estate = estateOf({ accessLogSubscriptions: [subscription] });
  const ingester = AccessLogIngester.create({
    estate: {
      current: async () => ({ snapshots: [{ estate }] }),
    } as unknown as EstateService,
    factory: {
      create: given => folderSource({ subscription: given, lines, now }),
    },
    store,
    outbox,
    watches: async () => [],
    logger: mockServices.rootLogger(),
    startHoursAgo: 25,
    now,
  });
  const start = performance.now();
  await ingester.run();
  const seconds = (performance.now() - start) / 1000;
  const [{ stored, unparsed }] = await store.sources();
  const calls = await countOutcomes(knex);
  if (stored !== lines || calls !== lines || unparsed > 0) {
    throw new Error(`Of ${lines} lines ${stored} were taken in`);
  }
  return seconds;
}

/** Lines a second that DuckDB alone brings into Parquet. */
function bareRate(lines: number): number {
  const store = require.resolve(
    '@lattice-portal/access-log-store/package.json',
  );
  const output = execFileSync(process.execPath, [
    ...process.execArgv,
    join(dirname(store), 'bench/bareRead.ts'),
    generatedFolder(lines),
  ]);
  const bare = JSON.parse(output.toString());
  return bare.lines / bare.seconds;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string' },
      database: { type: 'string' },
    },
  });
  const lines = Number(values.lines ?? LINES);
  const database = benchDatabases.find(name => name === values.database);
  await (database ? report(database, lines) : runAll(lines));
}

async function report(
  database: (typeof benchDatabases)[number],
  lines: number,
): Promise<void> {
  await onDatabase(database, async knex => {
    const rate = lines / (await takeIn(knex, lines));
    const memory = (process.resourceUsage().maxRSS * 1024) / 1_000_000;
    print(
      `taken in, ${database}: ${Math.round(
        rate,
      )} lines a second; at most ${Math.round(memory)} MB`,
    );
  });
}

async function runAll(lines: number): Promise<void> {
  generatedFiles(lines);
  print(
    `${lines.toLocaleString('en-US')} lines, ${
      cpus()[0].model
    }, ${availableParallelism()} cores (load ${loadavg()[0].toFixed(
      1,
    )}), Node ${process.versions.node}`,
  );
  // A machine that others share is faster and slower by the minute: before and after each.
  let before = bareRate(lines);
  printBare(before);
  for (const database of benchDatabases) {
    const rate = takenIn(database, lines);
    const after = bareRate(lines);
    printBare(after);
    const share = (2 * rate) / (before + after);
    print(`  ${share.toFixed(2)} of DuckDB before and after (aim: ${AIM})`);
    before = after;
  }
}

/** Lines a second, in a process of its own, so that its memory is no other's. */
function takenIn(
  database: (typeof benchDatabases)[number],
  lines: number,
): number {
  const output = execFileSync(process.execPath, [
    ...process.execArgv,
    __filename,
    ...['--lines', String(lines)],
    ...['--database', database],
  ]).toString();
  print(output.trim());
  return Number(/: (\d+) lines/.exec(output)?.[1]);
}

function printBare(rate: number): void {
  print(`DuckDB, read_json to Parquet: ${Math.round(rate)} lines a second`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
