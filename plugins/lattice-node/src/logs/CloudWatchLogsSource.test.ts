import type { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '../aws/AwsAccess';
import type { AccessLogBatch, AccessLogSource } from '../ports/AccessLogSource';
import { CloudWatchLogsSourceFactory } from './CloudWatchLogsSourceFactory';

const start = Date.UTC(2026, 10, 22, 10);
const second = 1000;
const minute = 60 * second;

/** A log group whose clock and deliveries the test sets: that can't be done over the wire. */
class ScriptedLogGroup {
  now = start;
  calls = 0;
  validTokens = true;
  private readonly events: {
    eventId: string;
    timestamp: number;
    ingestionTime: number;
    message: string;
  }[] = [];

  constructor(private readonly pageSize: number = 100) {}

  deliver(id: string, options: { age?: number } = {}): void {
    const timestamp = this.now - (options.age ?? 0);
    const ingestionTime = this.now;
    this.events.push({ eventId: id, timestamp, ingestionTime, message: id });
  }

  send = async ({ input }: FilterLogEventsCommand) => {
    this.calls += 1;
    if (input.nextToken && !this.validTokens) {
      const error = new Error('The specified nextToken is invalid.');
      error.name = 'InvalidParameterException';
      throw error;
    }
    const offset = Number(input.nextToken ?? 0);
    const found = this.events
      .filter(
        ({ timestamp }) =>
          timestamp >= input.startTime! && timestamp <= input.endTime!,
      )
      .sort((a, b) => a.timestamp - b.timestamp);
    const end = offset + this.pageSize;
    return {
      events: found.slice(offset, end),
      nextToken: end < found.length ? String(end) : undefined,
    };
  };

  /** A source as after a start of the portal. */
  open(): AccessLogSource {
    const aws = { client: () => this } as unknown as AwsAccess;
    const source = CloudWatchLogsSourceFactory.create({
      aws,
      now: () => this.now,
    }).create(
      subscriptionTo('arn:aws:logs:us-east-1:001122334455:log-group:/a/b:*'),
    );
    return source!;
  }
}

const objects = { find: async () => new Map() };

function subscriptionTo(destinationArn: string): AccessLogSubscription {
  const lattice = 'arn:aws:vpc-lattice:us-east-1:001122334455';
  return {
    arn: `${lattice}:accesslogsubscription/als-1`,
    id: 'als-1',
    accountId: '001122334455',
    region: 'us-east-1',
    resourceArn: `${lattice}:servicenetwork/sn-1`,
    destinationArn,
  };
}

async function readAll(
  source: AccessLogSource,
  options: { cursor?: string; since?: number } = {},
): Promise<{ ids: string[]; cursor: string; readUntil: number }> {
  const batches: AccessLogBatch[] = [];
  for await (const batch of source.read({
    since: start,
    objects,
    ...options,
  })) {
    batches.push(batch);
  }
  const last = batches[batches.length - 1];
  return {
    ids: batches.flatMap(({ lines }) => lines.map(({ id }) => id)),
    cursor: last?.cursor ?? options.cursor!,
    readUntil: Date.parse(last?.readUntil ?? ''),
  };
}

describe('CloudWatchLogsSource', () => {
  it('reads on from the cursor, and leaves the last moments for later', async () => {
    const group = new ScriptedLogGroup();
    const source = group.open();
    group.deliver('a', { age: 10 * minute });
    group.deliver('b', { age: second });
    const first = await readAll(source, { since: start - 26 * 60 * minute });
    expect(first.ids).toEqual(['a']);
    expect(first.readUntil).toBe(start - 2 * second);

    group.now += 5 * second;
    group.deliver('c', { age: 3 * second });
    const next = await readAll(source, { cursor: first.cursor });
    expect(next.ids).toEqual(['b', 'c']);
    expect(await readAll(source, { cursor: next.cursor })).toMatchObject({
      ids: [],
    });
  });

  it('gives a late line once, soon if it is a little late', async () => {
    const group = new ScriptedLogGroup();
    const source = group.open();
    let { cursor } = await readAll(source, { since: start - minute });

    group.now += 5 * second;
    group.deliver('little late', { age: 20 * second });
    group.deliver('very late', { age: 10 * minute });
    const soon = await readAll(source, { cursor });
    expect(soon.ids).toEqual(['little late']);

    cursor = soon.cursor;
    const later: string[] = [];
    group.calls = 0;
    for (let index = 0; index < 60; index++) {
      group.now += 5 * second;
      const read = await readAll(source, { cursor });
      later.push(...read.ids);
      cursor = read.cursor;
    }
    expect(later).toEqual(['very late']);
    // Two calls each: what is new, and a short or the long window for late lines.
    expect(group.calls).toBe(2 * 60);
  });

  it('loses nothing over a restart and a pause, and repeats little', async () => {
    const group = new ScriptedLogGroup();
    group.deliver('old', { age: 5 * minute });
    group.now += 2 * minute;
    group.deliver('fresh', { age: 5 * minute });
    let { cursor } = await readAll(group.open(), {
      since: start - 30 * minute,
    });
    group.now += 10 * minute;
    group.deliver('late', { age: 12 * minute });
    group.deliver('new', { age: minute });
    const read = await readAll(group.open(), { cursor });
    // What came in the last minute before the restart comes again: ids tell.
    expect(read.ids).toEqual(['fresh', 'late', 'new']);
    cursor = read.cursor;
    group.now += 3 * minute;
    expect((await readAll(group.open(), { cursor })).ids).toEqual([
      'late',
      'new',
    ]);
  });

  it('gives a batch again that was not dealt with', async () => {
    const group = new ScriptedLogGroup();
    const source = group.open();
    const { cursor } = await readAll(source, { since: start - minute });
    group.now += 3 * minute;
    group.deliver('late', { age: 4 * minute });
    await expect(async () => {
      for await (const { lines } of source.read({
        cursor,
        since: start,
        objects,
      })) {
        throw new Error(`could not store ${lines.length}`);
      }
    }).rejects.toThrow('could not store 1');
    expect((await readAll(source, { cursor })).ids).toEqual(['late']);
  });

  it('goes on in the middle of a backlog', async () => {
    const group = new ScriptedLogGroup(2);
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      group.deliver(id, { age: 10 * minute });
    }
    const since = start - 60 * minute;
    const [first] = await take(group.open().read({ since, objects }), 1);
    expect(first.lines.map(({ id }) => id)).toEqual(['a', 'b']);
    const { cursor } = first;
    expect((await readAll(group.open(), { cursor })).ids).toEqual(
      expect.arrayContaining(['c', 'd', 'e']),
    );
    // The page can't be gone on with any more: the slice is read from its start.
    group.validTokens = false;
    const [again] = await take(
      group.open().read({ cursor, since, objects }),
      1,
    );
    expect(again.lines.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('starts afresh with a cursor that is none', async () => {
    const group = new ScriptedLogGroup();
    group.deliver('a', { age: minute });
    const since = start - 2 * minute;
    for (const cursor of ['', 'x', '{}', '{"from":-1}']) {
      const { ids } = await readAll(group.open(), { cursor, since });
      expect(ids).toEqual(['a']);
    }
  });
});

describe('CloudWatchLogsSourceFactory', () => {
  const factory = CloudWatchLogsSourceFactory.create({ aws: {} as AwsAccess });

  it.each([
    'arn:aws:s3:::bucket',
    'arn:aws:firehose:us-east-1:001122334455:deliverystream/x',
    'arn:aws:logs:us-east-1:001122334455:destination:x',
    'x',
  ])('does not serve %s', destinationArn => {
    expect(factory.create(subscriptionTo(destinationArn))).toBeUndefined();
  });

  it('takes a log group with and without the star', () => {
    const arn = 'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/x';
    for (const destinationArn of [arn, `${arn}:*`]) {
      expect(factory.create(subscriptionTo(destinationArn))).toMatchObject({
        id: arn,
        accountId: '001122334455',
        region: 'us-east-1',
      });
    }
  });
});

async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}
