import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import type { AccessLogStore } from '@lattice-portal/access-log-store';
import type { Knex } from 'knex';
import { openStore } from '../../../packages/access-log-store/bench/generatedStore';
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
import { RecordStoreSink } from '../src/records/RecordStoreSink';
import { folderSource } from './folderSource';
import { benchDatabases, onDatabase } from './onEachDatabase';
import { watchMemory } from './peakMemory';

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
async function takeIn(options: {
  knex: Knex;
  lines: number;
  records?: AccessLogStore;
}): Promise<number> {
  const { knex, lines, records } = options;
  await openDatabase({ getClient: async () => knex });
  // All the same time: no turn ends.
  const now = () => DAY + 25 * HOUR;
  const sinks = records ? [RecordStoreSink.create({ records })] : [];
  const outbox = RecordOutbox.create({ knex, sinks });
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
      records: { type: 'boolean' },
    },
  });
  const lines = Number(values.lines ?? LINES);
  const database = benchDatabases.find(name => name === values.database);
  await (database
    ? report({ database, lines, hasRecords: values.records ?? false })
    : runAll(lines));
}

interface Case {
  database: (typeof benchDatabases)[number];
  lines: number;
  /** Whether all records are kept, too. */
  hasRecords: boolean;
}

async function report({ database, lines, hasRecords }: Case): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-records-'));
  try {
    await onDatabase(database, async knex => {
      const records = hasRecords ? openStore(folder) : undefined;
      const peak = await watchMemory(knex);
      const rate = lines / (await takeIn({ knex, lines, records }));
      const memory = await peak();
      await records?.close();
      print(
        `taken in, ${database}${
          hasRecords ? ' and a store of all records' : ''
        }: ${Math.round(rate)} lines a second; at most ${
          memory ? Math.round(memory / 1_000_000) : '?'
        } MB in all processes, ${Math.round(
          (process.resourceUsage().maxRSS * 1024) / 1_000_000,
        )} MB in its own`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    const rate = takenIn({ database, lines, hasRecords: false });
    const after = bareRate(lines);
    printBare(after);
    const share = (2 * rate) / (before + after);
    print(`  ${share.toFixed(2)} of DuckDB before and after (aim: ${AIM})`);
    before = after;
  }
  for (const database of benchDatabases) {
    takenIn({ database, lines, hasRecords: true });
  }
}

/** Lines a second, in a process of its own, so that its memory is no other's. */
function takenIn({ database, lines, hasRecords }: Case): number {
  const output = execFileSync(process.execPath, [
    ...process.execArgv,
    __filename,
    ...['--lines', String(lines)],
    ...['--database', database],
    ...(hasRecords ? ['--records'] : []),
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
