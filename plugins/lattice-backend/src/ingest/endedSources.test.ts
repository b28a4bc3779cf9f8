import { mockServices } from '@backstage/backend-test-utils';
import type {
  AccessLogBatch,
  AccessLogSource,
} from '@lattice-portal/plugin-lattice-node';
import { accessLogText } from '../__testUtils__/accessLogLines';
import { estateOf } from '../__testUtils__/estateOf';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { migrate } from '../database/openDatabase';
import { RecordOutbox } from '../database/RecordOutbox';
import type { EstateService } from '../estate/EstateService';
import { AccessLogIngester } from './AccessLogIngester';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databaseIds)('ended sources on %s', databaseId => {
  /** A log that gives its lines by their time, an hour at a time, and a portal whose clock the test sets. */
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const outbox = RecordOutbox.create({ knex, sinks: [] });
    const store = DatabaseIngestStore.create({ knex, outbox });
    const hoursRead = jest.spyOn(store, 'noteHoursRead');
    let now = Date.parse('2026-11-22T10:00:00Z');
    const lines: { id: string; text: string; timestamp: number }[] = [];
    const reads: (readonly string[])[] = [];
    let failure: string | undefined;
    let timeOfBatch = 0;
    const all = ['sn-1', 'svc-1'].map(resourceId => ({
      arn: `als-${resourceId}`,
      id: `als-${resourceId}`,
      resourceArn: `arn:aws:vpc-lattice:us-east-1:001122334455:x/${resourceId}`,
      destinationArn: 'log',
      accountId: '001122334455',
      region: 'us-east-1',
    }));
    let subscriptions = all;
    async function* read({
      cursor,
      since,
      resourceIds = [],
    }: Parameters<AccessLogSource['read']>[0]): AsyncGenerator<AccessLogBatch> {
      reads.push(resourceIds);
      if (failure) {
        throw Object.assign(new Error('refused'), { name: failure });
      }
      for (let from = Number(cursor ?? since); from < now; ) {
        const until = Math.min(from + hour, now);
        const start = from;
        now += timeOfBatch;
        yield {
          lines: lines.filter(
            ({ timestamp }) => timestamp >= start && timestamp < until,
          ),
          cursor: String(until),
          readUntil: new Date(until).toISOString(),
        };
        from = until;
      }
    }
    const start = () =>
      AccessLogIngester.create({
        estate: {
          current: async () => ({
            snapshots: [
              { estate: estateOf({ accessLogSubscriptions: subscriptions }) },
            ],
          }),
        } as unknown as EstateService,
        factory: {
          create: ({ destinationArn: id, accountId, region }) => ({
            id,
            accountId,
            region,
            read,
          }),
        },
        store,
        outbox,
        watches: async () => [],
        logger: mockServices.logger.mock(),
        startHoursAgo: 5,
        linesATransaction: 1,
        now: () => now,
      });
    return {
      start,
      reads,
      hoursRead,
      pass: (time: number) => {
        now += time;
      },
      deliver: (requestId: string, options: { age?: number } = {}) => {
        lines.push({
          id: requestId,
          text: accessLogText({ requestId }),
          timestamp: now - (options.age ?? 0),
        });
      },
      end: () => {
        subscriptions = [];
      },
      failWith: (name: string | undefined) => {
        failure = name;
      },
      /** A turn is over after a minute. */
      takeFor: (time: number) => {
        timeOfBatch = time;
      },
      source: async () => (await store.sources())[0],
    };
  }

  it('reads what is delivered after the end, for a quarter of an hour', async () => {
    const { start, reads, pass, deliver, end, source } = await setUp();
    deliver('before');
    pass(second);
    await start().run();
    end();
    pass(second);
    await start().run();
    const { endedAt, isReadOn } = await source();
    expect(isReadOn).toBe(true);
    pass(6 * minute);
    deliver('after');
    pass(8 * minute);
    await start().run();
    expect(await source()).toMatchObject({
      status: 'ended',
      endedAt,
      stored: 2,
    });
    pass(2 * minute);
    await start().run();
    // Several logs are told apart as they were.
    expect(reads).toEqual(reads.map(() => ['sn-1', 'svc-1']));
    expect(reads).toHaveLength(4);
    deliver('much later');
    pass(minute);
    await start().run();
    expect(reads).toHaveLength(4);
    expect(await source()).toMatchObject({
      endedAt,
      isReadOn: false,
      stored: 2,
    });
  });

  it('reads a backlog to its end, over turns and restarts', async () => {
    const { start, pass, deliver, end, takeFor, source, hoursRead } =
      await setUp();
    for (let age = 1; age <= 5; age++) {
      deliver(`${age} hours ago`, { age: age * hour - minute });
    }
    takeFor(61 * second);
    await start().run();
    const { stored: before } = await source();
    expect(before).toBeLessThan(5);
    end();
    let runs = 0;
    for (; runs < 10 && (await source()).stored < 5; runs++) {
      await start().run();
      pass(second);
      // Hours are not told as read before they are.
      const [{ sourceNumbers }] = hoursRead.mock.calls.at(-1)!;
      expect(sourceNumbers).toEqual([(await source()).number]);
    }
    expect(runs).toBeGreaterThan(1);
    expect(await source()).toMatchObject({ status: 'ended', stored: 5 });
  });

  it.each(['NoSuchBucket', 'ResourceNotFoundException', 'NotFoundError'])(
    'stops where there is nothing left: %s',
    async name => {
      const { start, reads, pass, end, failWith, source, hoursRead } =
        await setUp();
      await start().run();
      end();
      failWith(name);
      for (let run = 0; run < 3; run++) {
        pass(minute);
        await start().run();
      }
      expect(reads).toHaveLength(2);
      expect(hoursRead).toHaveBeenLastCalledWith(
        expect.objectContaining({ sourceNumbers: [] }),
      );
      expect(await source()).toMatchObject({
        status: 'ended',
        isReadOn: false,
        error: { message: expect.stringContaining('refused') },
      });
    },
  );

  it('tries for two days what can not be read', async () => {
    const { start, reads, pass, deliver, end, failWith, source } =
      await setUp();
    await start().run();
    end();
    failWith('AccessDenied');
    pass(minute);
    await start().run();
    deliver('after');
    pass(day);
    failWith(undefined);
    await start().run();
    expect(await source()).toMatchObject({ stored: 1, error: undefined });

    const other = await setUp();
    await other.start().run();
    other.end();
    other.failWith('AccessDenied');
    for (let days = 0; days < 5; days++) {
      other.pass(day);
      await other.start().run();
    }
    expect(other.reads).toHaveLength(1 + 3);
    expect(reads).toHaveLength(3);
  });
});
