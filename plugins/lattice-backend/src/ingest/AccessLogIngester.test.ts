import { mockServices } from '@backstage/backend-test-utils';
import { columnsOf } from '@lattice-portal/access-logs';
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
import { DatabaseDeniedRequestStore } from '../database/DatabaseDeniedRequestStore';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { RecordOutbox } from '../database/RecordOutbox';
import { migrate } from '../database/openDatabase';
import type { EstateService } from '../estate/EstateService';
import { AccessLogIngester } from './AccessLogIngester';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const destinationArn =
  'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/company';

/** Of a call of FilterLogEvents, in milliseconds since the epoch. */
interface TimeSpan {
  startTime: number;
  endTime: number;
}

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databaseIds)('AccessLogIngester on %s', databaseId => {
  /** A log group and a portal whose clock and deliveries the test sets. */
  async function setUp(resources = ['sn-1']) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const outbox = RecordOutbox.create({ knex, sinks: [] });
    const store = DatabaseIngestStore.create({ knex, outbox });
    let now = Date.parse('2026-11-22T10:00:00Z');
    let events: {
      eventId: string;
      logStreamName?: string;
      timestamp: number;
      message: string;
    }[] = [];
    let delivered = 0;
    const client = {
      send: async ({ input }: { input: TimeSpan }) => ({
        events: events.filter(
          ({ timestamp }) =>
            timestamp >= input.startTime && timestamp <= input.endTime,
        ),
      }),
    };
    const all = resources.map(resourceId => ({
      arn: `als-${resourceId}`,
      id: `als-${resourceId}`,
      resourceArn: `arn:aws:vpc-lattice:us-east-1:001122334455:x/${resourceId}`,
      destinationArn,
      accountId: '001122334455',
      region: 'us-east-1',
    }));
    let subscriptions = all;
    const estate = {
      current: async () => ({
        snapshots: [
          { estate: estateOf({ accessLogSubscriptions: subscriptions }) },
        ],
      }),
    } as unknown as EstateService;
    const logGroups = CloudWatchLogsSourceFactory.create({
      aws: { client: () => client } as unknown as AwsAccess,
      lateFor: 14 * day,
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
      store,
      start,
      subscribe: (isSubscribed: boolean) => {
        subscriptions = isSubscribed ? all : [];
      },
      pass: (time: number) => {
        now += time;
      },
      deliver: (
        requestId: string,
        options: {
          age?: number;
          stream?: string;
          denied?: 'Service';
          duration?: number;
        } = {},
      ) => {
        const { stream: logStreamName, denied, duration } = options;
        const timestamp = now - (options.age ?? 0);
        delivered += 1;
        events = [
          ...events,
          {
            eventId: String(delivered),
            logStreamName,
            timestamp,
            message: accessLogText({ requestId, denied, duration }),
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

  it('counts what came hours and days late, once', async () => {
    const { knex, start, pass, deliver, counters } = await setUp();
    // Whichever replica's turn it is.
    const run = () => start().run();
    await run();
    pass(hour);
    for (let days = 0; days < 16; days++) {
      if (days === 7) {
        deliver('in time');
        deliver('in time');
        for (const age of [2 * hour, 20 * hour, 6 * day]) {
          deliver(`late ${age}`, { age });
          deliver('in time', { age });
        }
      }
      for (let passed = 0; passed < day; passed += 2 * hour) {
        pass(2 * hour);
        await run();
      }
    }
    const { linesRead, stored, duplicates, sweep } = await counters();
    expect({ linesRead, stored, duplicates }).toEqual({
      linesRead: 8,
      stored: 4,
      duplicates: 4,
    });
    expect(await countOutcomes(knex)).toBe(4);
    expect(sweep).toMatchObject({ of: 'lines', endedAt: expect.any(String) });
  });

  it.each([
    ['named after resources', 'sn-1/logs', 'svc-1/logs', 'sn-1', 'svc-1'],
    ['named otherwise', 'one', 'other', 'one', 'other'],
  ])(
    'tells logs apart that go to one log group, by streams %s',
    async (_, one, other, oneLog, otherLog) => {
      const { knex, start, pass, deliver, counters } = await setUp([
        'sn-1',
        'svc-1',
      ]);
      let ingester = start();
      deliver('in both', { stream: one, denied: 'Service' });
      deliver('in both', { stream: other, denied: 'Service' });
      deliver('again', { stream: one });
      pass(minute);
      await ingester.run();
      ingester = start();
      deliver('again', { stream: one });
      deliver('in both', { stream: other, denied: 'Service' });
      deliver('later in both', { stream: other });
      pass(minute);
      await ingester.run();
      deliver('later in both', { stream: one });
      pass(10 * minute);
      await ingester.run();
      await expect(counters()).resolves.toMatchObject({
        subscriptions: 2,
        linesRead: 7,
        stored: 3,
        twins: 2,
        duplicates: 2,
      });
      expect(await countOutcomes(knex)).toBe(3);
      const denied = DatabaseDeniedRequestStore.create({ knex });
      const { id } = await knex('denied_requests').first();
      expect(await denied.logsOf({ id })).toEqual([
        `${destinationArn} of ${oneLog}`,
        `${destinationArn} of ${otherLog}`,
      ]);
    },
  );

  it('tells logs of one stream apart by what they say, as far as that goes', async () => {
    const { start, pass, deliver, counters } = await setUp(['sn-1', 'svc-1']);
    const stream = 'everything';
    deliver('a', { stream });
    deliver('a', { stream, duration: 13 });
    // The other log's, or redelivered: nobody can tell.
    deliver('a', { stream });
    pass(minute);
    await start().run();
    await expect(counters()).resolves.toMatchObject({
      stored: 1,
      twins: 1,
      duplicates: 1,
    });
  });

  it.each([
    [['sn-1', 'svc-1'], 'all'],
    [['sn-1'], { ofServices: [] }],
  ])(
    'has what lines say kept of the logs of %j in one place',
    async (resources, expected) => {
      const { start } = await setUp(resources);
      const asked: unknown[] = [];
      await start({
        create: ({ accountId, region }) => ({
          id: 'stream',
          accountId,
          region,
          async *read({ texts, resourceIds }) {
            asked.push([texts, resourceIds]);
          },
        }),
      }).run();
      expect(asked).toEqual([[expected, resources]]);
    },
  );

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

  it('stores what it has gathered before the texts of lines take up too much memory', async () => {
    const { start, store } = await setUp();
    const stored: number[] = [];
    const storeLines = store.store.bind(store);
    jest.spyOn(store, 'store').mockImplementation(options => {
      stored.push(options.columns.length);
      return storeLines(options);
    });
    const ingester = start({
      create: ({ accountId, region }) => ({
        id: 'long lines',
        accountId,
        region,
        async *read() {
          for (const id of ['a', 'b', 'c', 'd', 'e']) {
            const text = accessLogText({ requestId: id });
            const columns = columnsOf([{ id, text, timestamp: 0 }]);
            // There is room for more than there is.
            columns.texts = new Uint8Array(8 * 1024 * 1024);
            yield { lines: [], columns };
          }
        },
      }),
    });
    await ingester.run();
    expect(stored).toEqual([2, 2, 1]);
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
