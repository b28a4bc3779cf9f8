import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import {
  type AwsAccess,
  DefaultAccessLogSourceFactory,
  readLatticeConfig,
} from '@lattice-portal/plugin-lattice-node';
import { startTestSandbox, type TestSandbox } from '@lattice-portal/sandbox';
import { accessLogText } from '../__testUtils__/accessLogLines';
import { countOutcomes } from '../__testUtils__/countOutcomes';
import { unpackEdges } from '../database/packedEdges';
import { COUNT } from './callSums';
import { estateOf } from '../__testUtils__/estateOf';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import { migrate } from '../database/openDatabase';
import { RecordOutbox } from '../database/RecordOutbox';
import type { EstateService } from '../estate/EstateService';
import { AccessLogIngester } from './AccessLogIngester';
import { Retention } from './Retention';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const accountId = '001122334455';
const region = 'us-east-1';
const bucket = 'late-logs';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databaseIds)('late objects on %s', databaseId => {
  let sandbox: TestSandbox;
  let s3: S3Client;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ traffic: false });
    s3 = new S3Client(sandbox.clientConfig({ accountId }));
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => sandbox?.stop());

  /** The network's log and a service's in S3, and a portal that reads them in days that the test lets pass. */
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const outbox = RecordOutbox.create({ knex, sinks: [] });
    const store = DatabaseIngestStore.create({ knex, outbox });
    const prefix = databaseId.toLowerCase();
    const begin = Date.parse('2026-11-02T10:00:00Z');
    let now = begin;
    const config = readLatticeConfig(
      new ConfigReader({
        lattice: { accounts: [{ accountId, regions: [region] }] },
      }),
    );
    const subscriptions = ['servicenetwork/sn-1', 'service/svc-1'].map(
      resource => ({
        arn: `als-${resource}`,
        id: `als-${resource}`,
        accountId,
        region,
        resourceArn: `arn:aws:vpc-lattice:${region}:${accountId}:${resource}`,
        destinationArn: `arn:aws:s3:::${bucket}/${prefix}`,
      }),
    );
    const start = () =>
      AccessLogIngester.create({
        estate: {
          current: async () => ({
            snapshots: [
              { estate: estateOf({ accessLogSubscriptions: subscriptions }) },
            ],
          }),
        } as unknown as EstateService,
        factory: DefaultAccessLogSourceFactory.create({
          aws: { client: () => s3 } as unknown as AwsAccess,
          config,
          now: () => now,
          listingInterval: 0,
        }),
        store,
        outbox,
        watches: async () => [],
        logger: mockServices.logger.mock(),
        startHoursAgo: config.accessLogs.startHoursAgo,
        now: () => now,
      });
    const retention = Retention.create({
      store: DatabaseRetentionStore.create({ knex }),
      ingest: store,
      accessRequests: { list: async () => [] },
      config: config.accessLogs,
      now: () => now,
    });
    let ingester = start();
    return {
      begin,
      restart: () => {
        ingester = start();
      },
      pass: async (days: number) => {
        const end = now + days * day;
        while (now < end) {
          now = Math.min(now + day, end);
          await ingester.run();
          await retention.run();
        }
      },
      put: async (resource: string, time: number, ids: string[]) => {
        const startTime = `${new Date(time).toISOString().slice(0, 19)}Z`;
        const stamp = startTime.slice(0, 16).replace(/[-:]/g, '');
        const date = startTime.slice(0, 10).replaceAll('-', '/');
        const lines = ids.map(requestId =>
          accessLogText({ requestId, startTime, denied: 'Service' }),
        );
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `${prefix}/AWSLogs/${accountId}/VpcLattice/AccessLogs/${region}/${date}/${resource}/${accountId}_VpcLatticeAccessLogs_${region}_${resource}_${stamp}Z_${ids[0]}.json.gz`,
            Body: gzipSync(lines.join('\n')),
          }),
        );
      },
      sources: () => store.sources(),
      totals: async () => {
        const edges: any[] = await knex('edges_1h').orderBy('bucket');
        const sources = await store.sources();
        const sum = (key: 'stored' | 'twins' | 'duplicates') =>
          sources.reduce((total, source) => total + source[key], 0);
        return {
          stored: sum('stored'),
          twins: sum('twins'),
          duplicates: sum('duplicates'),
          denied: (await knex('denied_requests')).length,
          outcomes: await countOutcomes(knex),
          hours: edges.flatMap(row =>
            [...unpackEdges(row.edges).values()].map(sums => [
              Number(row.bucket),
              sums[COUNT],
            ]),
          ),
        };
      },
    };
  }

  it('takes in once what came five days late', async () => {
    const { begin, put, pass, restart, totals, sources } = await setUp();
    await put('sn-1', begin, ['a', 'b']);
    await put('svc-1', begin, ['a']);
    await pass(4.5);
    const before = {
      stored: 2,
      twins: 1,
      duplicates: 0,
      denied: 2,
      outcomes: 2,
      hours: [[begin, 2]],
    };
    expect(await totals()).toEqual(before);

    // Calls that are counted, redelivered or in the other log, and one that is not.
    await put('sn-1', begin, ['redelivered', 'a']);
    await put('svc-1', begin, ['b', 'late']);
    restart();
    await pass(1);
    const after = {
      stored: 4,
      twins: 2,
      duplicates: 1,
      denied: 4,
      outcomes: 4,
      hours: [[begin, 4]],
    };
    expect(await totals()).toEqual(after);
    expect((await sources()).map(({ sweep }) => sweep)).toEqual([
      expect.objectContaining({ found: 1, endedAt: expect.any(String) }),
      expect.objectContaining({ found: 1, endedAt: expect.any(String) }),
    ]);

    // Searched every day, restarted or not, until it is searched no more.
    for (let days = 0; days < 16; days++) {
      restart();
      await pass(1);
      expect(await totals()).toEqual(after);
    }
  });
});
