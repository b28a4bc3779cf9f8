import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  callKey,
  classify,
  connectionKey,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import { startTestSandbox, type TestSandbox } from '@lattice-portal/sandbox';
import createKnex, { type Knex } from 'knex';
import { accessLogText } from '../__testUtils__/accessLogLines';
import type { IngestProcessOptions } from '../__testUtils__/ingestProcess';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { countEdgeCalls } from '../__testUtils__/countEdgeCalls';
import { countOutcomes } from '../__testUtils__/countOutcomes';
import { createStore } from '../__testUtils__/createStore';
import { openStore } from '../__testUtils__/openStore';
import { migrate } from '../database/openDatabase';

/** How many processes are killed. More find rarer moments: `INGEST_KILLS=200`. */
const rounds = Number(process.env.INGEST_KILLS ?? 5);
const minute = 60_000;
const accountId = '001122334455';
const bucket = 'killed-logs';
const region = 'us-east-1';

jest.setTimeout(120_000 + rounds * 10_000);

const databases = createTestDatabases();

/** What {@link Deliveries} has delivered, counted line by line. */
class PlainCount {
  lines = 0;
  unparsed = 0;
  readonly #calls = new Map<string, string>();
  readonly #connections = new Set<string>();

  add(text: string): void {
    this.lines++;
    const parsed = parseAccessLogLine(text);
    if (!parsed.ok) {
      this.unparsed++;
    } else if (parsed.kind === 'service') {
      this.#calls.set(callKey(parsed.record), classify(parsed.record));
    } else {
      this.#connections.add(connectionKey(parsed.record));
    }
  }

  result() {
    const denied = [...this.#calls.values()].filter(outcome =>
      outcome.startsWith('denied'),
    );
    return {
      lines: this.lines,
      records: this.#calls.size,
      denied: denied.length,
      connections: this.#connections.size,
      unparsed: this.unparsed,
    };
  }
}

/** Objects of two subscriptions that tell of the same calls. */
class Deliveries {
  readonly count = new PlainCount();
  #objects = 0;
  #calls = 0;

  constructor(private readonly s3: S3Client) {}

  /** A call or so of everything: new ones, twins, redelivered ones, connections, broken ones. */
  async add(options: { lines: number; age: number }): Promise<void> {
    const time = Date.now() - options.age;
    const iso = new Date(time).toISOString();
    const startTime = `${iso.slice(0, 19)}Z`;
    const texts: string[] = [];
    for (let index = 0; index < options.lines; index++) {
      this.#calls++;
      const id = index % 11 === 10 ? this.#calls - 3 : this.#calls;
      const known = texts[texts.length - 1];
      texts.push(
        index % 17 === 16
          ? known
          : accessLogText({
              requestId: `r-${id}`,
              startTime,
              denied: id % 7 === 0 ? 'Service' : undefined,
            }),
      );
    }
    texts.push('{"half', connectionText(startTime, this.#calls));
    await this.#put('sn-1', time, texts);
    // The service's log lacks some calls of the network's, and has others.
    await this.#put('svc-1', time, texts.slice(2));
  }

  async #put(resource: string, time: number, texts: string[]): Promise<void> {
    const iso = new Date(time).toISOString();
    const stamp = iso.slice(0, 16).replace(/[-:]/g, '');
    const day = iso.slice(0, 10).replaceAll('-', '/');
    this.#objects++;
    texts.forEach(text => this.count.add(text));
    await this.s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `AWSLogs/${accountId}/VpcLattice/AccessLogs/${region}/${day}/${resource}/${accountId}_VpcLatticeAccessLogs_${region}_${resource}_${stamp}Z_${
          this.#objects
        }.json.gz`,
        Body: gzipSync(texts.join('\n')),
      }),
    );
  }
}

function connectionText(eventTimestamp: string, port: number): string {
  return JSON.stringify({
    eventTimestamp,
    resourceConfigurationArn: `arn:aws:vpc-lattice:${region}:${accountId}:resourceconfiguration/rcfg-1`,
    protocol: 'tcp',
    sourceIpPort: `10.0.0.1:${port}`,
  });
}

describe.each(databaseIds)('ingest on %s', databaseId => {
  let sandbox: TestSandbox;
  let folder: string;
  let deliveries: Deliveries;
  let database: Knex.Config;
  let knex: Knex;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    sandbox = await startTestSandbox({ traffic: false });
    const s3 = new S3Client(sandbox.clientConfig({ accountId }));
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    deliveries = new Deliveries(s3);
    database =
      databaseId === 'SQLITE_3'
        ? {
            client: 'better-sqlite3',
            connection: { filename: join(folder, 'lattice.sqlite') },
            useNullAsDefault: true,
          }
        : await postgresOf(databaseId);
    knex = createKnex(database);
    await migrate(knex);
  });
  afterEach(async () => {
    children.forEach(child => child.kill('SIGKILL'));
    await knex?.destroy();
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function postgresOf(id: typeof databaseId): Promise<Knex.Config> {
    const { client } = await databases.init(id);
    return { client: 'pg', connection: client.config.connection };
  }

  function start({ leaseDuration = 300 } = {}) {
    const options: IngestProcessOptions = {
      database,
      leaseDuration,
      sinkFolder: folder,
      storeFolder: join(folder, 'store'),
      subscriptions: ['servicenetwork/sn-1', 'service/svc-1'].map(
        (resource): AccessLogSubscription => ({
          arn: `arn:aws:vpc-lattice:${region}:${accountId}:accesslogsubscription/als-${resource}`,
          id: `als-${resource}`,
          accountId,
          region,
          resourceArn: `arn:aws:vpc-lattice:${region}:${accountId}:${resource}`,
          destinationArn: `arn:aws:s3:::${bucket}`,
        }),
      ),
    };
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        join(__dirname, '../__testUtils__/ingestProcess.ts'),
        JSON.stringify(options),
      ],
      {
        env: { ...process.env, AWS_ENDPOINT_URL: sandbox.url },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.push(child);
    let out = '';
    let error = '';
    child.stderr.on('data', data => {
      error += data;
    });
    const ended = new Promise<{ out: string; error: string }>(resolve => {
      child.on('close', () => resolve({ out, error }));
    });
    const ready = new Promise<void>(resolve => {
      child.stdout.on('data', data => {
        out += data;
        resolve();
      });
      child.on('close', () => resolve());
    });
    return { child, ready, ended };
  }

  /** What is in the database, and what the record sink has. */
  async function totals() {
    const sources = await createStore(knex).sources();
    const sum = (key: 'stored' | 'duplicates' | 'twins' | 'linesRead') =>
      sources.reduce((total, source) => total + source[key], 0);
    const rowsOf = async (table: string) =>
      Number((await knex(table).count({ count: '*' }).first())?.count);
    const files = (await readdir(folder)).filter(name =>
      name.endsWith('.json'),
    );
    const batches = await Promise.all(
      files.map(async name =>
        JSON.parse(await readFile(join(folder, name), 'utf8')),
      ),
    );
    const keys = batches.flatMap(({ calls }) =>
      calls
        .filter(({ isTwin }: { isTwin: boolean }) => !isTwin)
        .map(({ key }: { key: string }) => key),
    );
    return {
      table: {
        lines: sum('linesRead'),
        records: sum('stored'),
        denied: await rowsOf('denied_requests'),
        connections: sources.reduce((n, source) => n + source.connections, 0),
        unparsed: await rowsOf('log_unparsed_lines'),
      },
      repeated: sum('duplicates') + sum('twins'),
      outcomes: await countOutcomes(knex),
      edges: await countEdgeCalls(knex, 'edges_1h'),
      days: await countEdgeCalls(knex, 'edges_1d'),
      causes: Number(
        (await knex('denied_causes_1h').sum({ count: 'count' }).first())?.count,
      ),
      sunk: { calls: keys.length, distinct: new Set(keys).size },
      waiting: await rowsOf('log_outbox'),
      kept: await kept(),
    };
  }

  /** What is in the store of all records. */
  async function kept() {
    const now = Date.now();
    const hour = 60 * minute;
    const all = { from: now - 48 * hour, to: now + hour };
    const store = await openStore(join(folder, 'store'));
    try {
      const outcomes = await store.outcomesOverTime({ ...all, step: hour });
      const connections = await store.connections({ ...all, limit: 1000 });
      const read = await store.causes({
        from: now - 25 * hour,
        // Of an hour that is over, lines may be on their way.
        to: now - 1.25 * hour,
      });
      const counts = outcomes.items.flatMap(item => Object.values(item.counts));
      return {
        lines: outcomes.lines + connections.lines,
        records: counts.reduce((sum, count) => sum + count, 0),
        connections: connections.items.length,
        gaps: read.gaps,
      };
    } finally {
      await store.close();
    }
  }

  async function expectAllCounted() {
    const expected = deliveries.count.result();
    const { lines, records, denied, connections, unparsed } = expected;
    const sources = await createStore(knex).sources();
    const twins = sources.reduce((sum, source) => sum + source.twins, 0);
    expect(await totals()).toEqual({
      table: expected,
      repeated: lines - records - connections - unparsed,
      outcomes: records,
      edges: records,
      days: records,
      causes: denied,
      sunk: { calls: records, distinct: records },
      waiting: 0,
      kept: {
        lines: records + connections + twins,
        records,
        connections,
        gaps: [],
      },
    });
  }

  it('loses and doubles nothing when it is killed again and again', async () => {
    // More than a transaction takes in.
    await deliveries.add({ lines: 6_000, age: 60 * minute });
    // What a process takes that nobody kills, in milliseconds: a guess until one got away.
    let whole = 3_000;
    let kills = 0;
    const unkilled: { out: string; error: string }[] = [];
    for (let round = 0; kills < rounds; round++) {
      // Some come in time, some late.
      await deliveries.add({
        lines: 900,
        age: (round % 3 === 2 ? 100 : 30 - (round % 200) / 10) * minute,
      });
      const { child, ready, ended } = start();
      await ready;
      // Some while lines are taken in, some while records are written to the store.
      const longest = round % 2 === 0 ? Math.min(700, whole) : whole;
      const started = performance.now();
      await Promise.race([sleep(Math.random() * longest), ended]);
      child.kill('SIGKILL');
      const { out, error } = await ended;
      if (child.signalCode === 'SIGKILL') {
        kills++;
      } else {
        // It was faster than the kill, which says how long the next has at most.
        whole = performance.now() - started;
        unkilled.push({ out, error });
      }
      await sleep(350);
    }
    unkilled.push(await start().ended);
    unkilled.forEach(said =>
      expect(said).toEqual({ out: 'works\n', error: '' }),
    );
    await expectAllCounted();
  });

  it('is done by one of two processes', async () => {
    await deliveries.add({ lines: 6_000, age: 30 * minute });
    // So long that on a slow machine, too, neither takes over from the other.
    const leaseDuration = 60_000;
    const both = [start({ leaseDuration }), start({ leaseDuration })];
    const results = await Promise.all(both.map(({ ended }) => ended));
    expect(results.map(({ error }) => error)).toEqual(['', '']);
    expect(results.some(({ out }) => out.includes('works'))).toBe(true);
    await expectAllCounted();
  });
});
