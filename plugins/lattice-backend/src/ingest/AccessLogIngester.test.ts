import { mockServices } from '@backstage/backend-test-utils';
import {
  type AccessLogSourceFactory,
  type AwsAccess,
  CloudWatchLogsSourceFactory,
} from '@lattice-portal/plugin-lattice-node';
import { accessLogText } from '../__testUtils__/accessLogLines';
import { countOutcomes } from '../__testUtils__/countOutcomes';
import { estateOf } from '../__testUtils__/estateOf';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { RecordOutbox } from '../database/RecordOutbox';
import { migrate } from '../database/openDatabase';
import type { EstateService } from '../estate/EstateService';
import { AccessLogIngester } from './AccessLogIngester';

const second = 1000;
const minute = 60 * second;
const destinationArn =
  'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/company';

/** Of a call of FilterLogEvents, in milliseconds since the epoch. */
interface TimeSpan {
  startTime: number;
  endTime: number;
}

const databases = createTestDatabases();

describe.each(databaseIds)('AccessLogIngester on %s', databaseId => {
  /** A log group and a portal whose clock and deliveries the test sets. */
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const outbox = RecordOutbox.create({ knex, sinks: [] });
    const store = DatabaseIngestStore.create({ knex, outbox });
    let now = Date.parse('2026-11-22T10:00:00Z');
    let events: { eventId: string; timestamp: number; message: string }[] = [];
    let delivered = 0;
    const client = {
      send: async ({ input }: { input: TimeSpan }) => ({
        events: events.filter(
          ({ timestamp }) =>
            timestamp >= input.startTime && timestamp <= input.endTime,
        ),
      }),
    };
    const subscription = {
      arn: 'als-1',
      id: 'als-1',
      resourceArn: 'sn-1',
      destinationArn,
      accountId: '001122334455',
      region: 'us-east-1',
    };
    let subscriptions = [subscription];
    const estate = {
      current: async () => ({
        snapshots: [
          { estate: estateOf({ accessLogSubscriptions: subscriptions }) },
        ],
      }),
    } as unknown as EstateService;
    const logGroups = CloudWatchLogsSourceFactory.create({
      aws: { client: () => client } as unknown as AwsAccess,
      now: () => now,
    });
    const start = (factory: AccessLogSourceFactory = logGroups) =>
      AccessLogIngester.create({
        estate,
        factory,
        store,
        outbox,
        watches: async () => [],
        logger: mockServices.logger.mock(),
        startHoursAgo: 1,
        now: () => now,
      });
    return {
      knex,
      start,
      subscribe: (isSubscribed: boolean) => {
        subscriptions = isSubscribed ? [subscription] : [];
      },
      pass: (time: number) => {
        now += time;
      },
      deliver: (requestId: string, options: { age?: number } = {}) => {
        const timestamp = now - (options.age ?? 0);
        delivered += 1;
        events = [
          ...events,
          {
            eventId: String(delivered),
            timestamp,
            message: accessLogText({ requestId }),
          },
        ];
      },
      counters: async () => (await store.sources())[0],
    };
  }

  it('counts a line once, however often it is read', async () => {
    const { knex, start, pass, deliver, counters } = await setUp();
    let ingester = start();
    for (let poll = 0; poll < 60; poll++) {
      deliver(`in time ${poll}`);
      if (poll % 10 === 5) {
        deliver(`late ${poll}`, { age: 8 * minute });
        // The same call in another line, as when a delivery is repeated.
        deliver(`in time ${poll}`);
      }
      if (poll % 20 === 19) {
        // A restart, or another replica's turn.
        ingester = start();
      }
      await ingester.run();
      pass(5 * second);
    }
    pass(10 * minute);
    await ingester.run();
    const { linesRead, stored, duplicates, twins, unparsed } = await counters();
    expect({ linesRead, stored, duplicates, twins, unparsed }).toEqual({
      linesRead: 72,
      stored: 66,
      duplicates: 6,
      twins: 0,
      unparsed: 0,
    });
    expect(await countOutcomes(knex)).toBe(66);
  });

  it('says which logs have no subscription any more', async () => {
    const { start, pass, deliver, subscribe, counters } = await setUp();
    const ingester = start();
    deliver('a');
    pass(minute);
    await ingester.run();
    subscribe(false);
    pass(minute);
    await ingester.run();
    pass(minute);
    await ingester.run();
    expect(await counters()).toMatchObject({
      status: 'ended',
      endedAt: '2026-11-22T10:02:00.000Z',
      stored: 1,
    });
    subscribe(true);
    deliver('b');
    pass(minute);
    await ingester.run();
    const { status, endedAt, stored } = await counters();
    expect({ status, endedAt, stored }).toEqual({
      status: 'reading',
      endedAt: undefined,
      stored: 2,
    });
  });

  it('keeps what was read before a source failed', async () => {
    const { start, pass, counters } = await setUp();
    const ingester = start({
      create: ({ accountId, region }) => ({
        id: 'breaks off',
        accountId,
        region,
        async *read({ cursor = '0' }) {
          yield {
            lines: [
              {
                id: cursor,
                text: accessLogText({ requestId: cursor }),
                timestamp: 0,
              },
            ],
            cursor: String(Number(cursor) + 1),
          };
          throw new Error('access denied');
        },
      }),
    });
    for (let run = 1; run <= 3; run++) {
      await ingester.run();
      pass(minute);
      await expect(counters()).resolves.toMatchObject({
        status: 'failing',
        error: { message: expect.stringContaining('access denied') },
        stored: run,
      });
    }
  });

  it('asks again for late lines that could not be stored', async () => {
    const { knex, start, pass, deliver, counters } = await setUp();
    const ingester = start();
    await ingester.run();
    pass(4 * minute);
    deliver('late', { age: 5 * minute });
    await knex.schema.renameTable('edges_1h', 'elsewhere');
    await ingester.run();
    await expect(counters()).resolves.toMatchObject({ linesRead: 0 });
    await knex.schema.renameTable('elsewhere', 'edges_1h');
    pass(second);
    await ingester.run();
    await expect(counters()).resolves.toMatchObject({
      status: 'reading',
      linesRead: 1,
    });
  });

  it('neither loses nor doubles what could not be stored', async () => {
    const { knex, start, pass, deliver, counters } = await setUp();
    const ingester = start();
    deliver('a', { age: minute });
    await ingester.run();
    pass(5 * second);
    deliver('b', { age: 3 * second });
    await knex.schema.renameTable('edges_1h', 'elsewhere');
    await ingester.run();
    await expect(counters()).resolves.toMatchObject({
      status: 'failing',
      linesRead: 1,
    });
    await knex.schema.renameTable('elsewhere', 'edges_1h');
    await ingester.run();
    await expect(counters()).resolves.toMatchObject({
      status: 'reading',
      linesRead: 2,
      stored: 2,
    });
  });
});
