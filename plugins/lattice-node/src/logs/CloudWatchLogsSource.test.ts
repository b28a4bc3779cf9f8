import type { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '../aws/AwsAccess';
import type { AccessLogBatch, AccessLogSource } from '../ports/AccessLogSource';
import { CloudWatchLogsSourceFactory } from './CloudWatchLogsSourceFactory';
import { SeenLines } from './SeenLines';

const start = Date.UTC(2026, 10, 22, 10);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const lateFor = 14 * day;

/** A log group whose clock and deliveries the test sets: that can't be done over the wire. */
class ScriptedLogGroup {
  now = start;
  calls = 0;
  validTokens = true;
  /** Milliseconds that a call takes. */
  callTime = 0;
  /** The earliest time that was asked for. */
  earliest = Number.POSITIVE_INFINITY;
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
    this.now += this.callTime;
    this.earliest = Math.min(this.earliest, input.startTime!);
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
      lateFor,
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

  it.each([
    ['one that goes on', false],
    ['one that starts again and again', true],
  ])('finds lines that came hours and days late by %s', async (_, restarts) => {
    const group = new ScriptedLogGroup();
    let source = group.open();
    let { cursor } = await readAll(source, { since: start - 8 * day });
    const given = new Map<string, { times: number; after: number }>();
    const delivered = new Map<string, number>();
    // Found for sure: what is late by as much. It takes no longer than the time beside it, and a quarter.
    const lates = [
      { age: 20 * minute, within: hour },
      { age: 110 * minute, within: hour },
      { age: 23 * hour, within: day },
      { age: 6 * day, within: 7 * day },
    ];
    const step = 10 * minute;
    for (let poll = 0; poll < (16 * day) / step; poll++) {
      group.now += step;
      const deliver = (id: string, age: number) => {
        group.deliver(id, { age });
        delivered.set(id, group.now);
      };
      if (poll % 12 === 0 && poll < (8 * day) / step) {
        deliver(`new ${poll}`, minute);
        for (const { age } of lates) {
          deliver(`${age} ${poll}`, age);
        }
      }
      if (restarts && poll % 5 === 0) {
        source = group.open();
      }
      const read = await readAll(source, { cursor });
      cursor = read.cursor;
      for (const id of read.ids) {
        const { times = 0, after = group.now - delivered.get(id)! } =
          given.get(id) ?? {};
        given.set(id, { times: times + 1, after });
      }
    }
    expect([...given.keys()].sort()).toEqual([...delivered.keys()].sort());
    for (const [id, { times, after }] of given) {
      const late = lates.find(({ age }) => id.startsWith(`${age} `));
      expect({
        id,
        isSoon: after <= (late?.within ?? 0) * 1.25 + step,
      }).toEqual({
        id,
        isSoon: true,
      });
      // By each of three windows, and twice if it came within a minute of a search.
      const most = restarts ? 2 : 1;
      expect(times).toBeLessThanOrEqual(late ? 6 : most);
    }
  });

  it('searches for late lines a while at a time, from where it was stopped', async () => {
    const group = new ScriptedLogGroup(1);
    let { cursor } = await readAll(group.open(), { since: start - 4 * hour });
    group.now += 1.25 * hour;
    const ages = Array.from({ length: 20 }, (_, index) => index * 7 * minute);
    const late = ages.map(age => `late ${age}`);
    for (const age of ages) {
      group.deliver(`late ${age}`, { age: age + 20 * minute });
    }
    group.callTime = 1500;
    const found: string[] = [];
    const sweeps: AccessLogBatch['sweep'][] = [];
    let reads = 0;
    while (sweeps.at(-1)?.endedAt === undefined) {
      group.deliver(`new ${reads}`, { age: 10 * second });
      let sweptSince = Number.POSITIVE_INFINITY;
      const before: string[] = [];
      for await (const { lines, ...batch } of group
        .open()
        .read({ cursor, since: start, objects })) {
        cursor = batch.cursor!;
        const ids = lines.map(({ id }) => id);
        found.push(...ids);
        sweeps.push(batch.sweep);
        if (batch.sweep) {
          sweptSince = Math.min(sweptSince, group.now);
        } else {
          before.push(...ids);
        }
      }
      // What is new is not kept waiting.
      expect(before).toContain(`new ${reads}`);
      expect(group.now - sweptSince).toBeLessThan(6 * second);
      group.now += 10 * second;
      reads++;
    }
    expect(reads).toBeGreaterThan(3);
    expect(found).toEqual(expect.arrayContaining(late));
    // Each once, but for those of times that were read before the search as well.
    const old = found.filter(id => late.slice(11).includes(id));
    expect(old).toHaveLength(new Set(old).size);
    expect(sweeps.at(-1)).toEqual({
      of: 'lines',
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
      from: start + hour - 3 * hour,
      until: expect.any(Number),
      reached: sweeps.at(-1)!.until,
      found: expect.any(Number),
    });
    expect(sweeps.at(-1)!.found).toBeGreaterThanOrEqual(9);
  });

  it('gets through the longest window, though its begin moves on meanwhile', async () => {
    const group = new ScriptedLogGroup(1);
    let { cursor } = await readAll(group.open(), { since: start - lateFor });
    group.now += 9 * day;
    const late = Array.from({ length: 30 }, (_, index) => `late ${index}`);
    for (const id of late) {
      group.deliver(id, { age: 13.9 * day });
    }
    group.callTime = 1500;
    const found = new Set<string>();
    let isOver = false;
    for (let reads = 0; reads < 40 && !isOver; reads++) {
      for await (const batch of group
        .open()
        .read({ cursor, since: start, objects })) {
        cursor = batch.cursor!;
        batch.lines.forEach(({ id }) => found.add(id));
        isOver = batch.sweep?.endedAt !== undefined;
      }
      group.now += 10 * second;
    }
    expect(isOver).toBe(true);
    expect([...found]).toEqual(late);
  });

  it('searches for no lines from before it began, or that are not remembered', async () => {
    const group = new ScriptedLogGroup();
    const since = start - hour;
    let { cursor } = await readAll(group.open(), { since });
    for (let hours = 0; hours < 24 * 8; hours++) {
      group.now += hour;
      cursor = (await readAll(group.open(), { cursor })).cursor;
    }
    expect(group.earliest).toBe(since);

    // A long search that is stopped for long, as by a pause.
    group.now += 9 * day;
    group.callTime = 6 * second;
    cursor = (await readAll(group.open(), { cursor })).cursor;
    expect(JSON.parse(cursor)).toMatchObject({ sweep: { window: 2 } });
    group.now += 20 * day;
    group.earliest = Number.POSITIVE_INFINITY;
    const reading = JSON.parse(cursor).from;
    await readAll(group.open(), { cursor });
    expect(group.earliest).toBeGreaterThanOrEqual(reading - 15 * minute);
  });

  it('goes on from a cursor of an earlier version', async () => {
    const group = new ScriptedLogGroup();
    const source = group.open();
    let cursor = JSON.stringify({ from: start, lateReadAt: start });
    group.now += 2 * hour;
    group.deliver('new', { age: 10 * second });
    group.deliver('late', { age: 150 * minute });
    const read = await readAll(source, { cursor });
    expect(read.ids).toEqual(['new', 'late']);
    cursor = read.cursor;
    expect((await readAll(source, { cursor })).ids).toEqual([]);
  });

  it('counts as late what came since the last search, not what it gives again', async () => {
    const group = new ScriptedLogGroup();
    const source = group.open();
    for (let age = 10; age < 60; age += 10) {
      group.deliver(`history ${age}`, { age: age * minute });
    }
    group.now += second;
    let { cursor } = await readAll(source, { since: start - hour });
    group.now += 50 * minute;
    group.deliver('late', { age: 70 * minute });
    group.now += 30 * minute;
    const sweeps: AccessLogBatch['sweep'][] = [];
    for await (const batch of source.read({ cursor, since: start, objects })) {
      cursor = batch.cursor!;
      sweeps.push(batch.sweep);
    }
    expect(sweeps.at(-1)).toMatchObject({ found: 1, endedAt: group.now });
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
    const [, first] = await take(group.open().read({ since, objects }), 2);
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

  it('begins where it did, if the first call fails', async () => {
    const group = new ScriptedLogGroup();
    group.deliver('a', { age: 50 * minute });
    group.now += 2 * minute;
    const source = group.open();
    let cursor: string | undefined;
    const { send } = group;
    group.send = async () => {
      throw new Error('access denied');
    };
    await expect(async () => {
      for await (const batch of source.read({ since: start - hour, objects })) {
        cursor = batch.cursor;
      }
    }).rejects.toThrow('access denied');
    group.send = send;
    group.now += 3 * day;
    const since = group.now - hour;
    expect((await readAll(source, { cursor, since })).ids).toEqual(['a']);
  });

  it('knows no more lines of a backlog than may be read again', async () => {
    const group = new ScriptedLogGroup();
    const ages = Array.from({ length: 5 * 24 * 30 }, (_, index) => index + 1);
    for (const age of ages) {
      group.deliver(`line ${age}`, { age: age * 2 * minute });
    }
    const add = jest.spyOn(SeenLines.prototype, 'add');
    const given = new Set<string>();
    let most = 0;
    // Broken off before the end, as a turn is.
    for await (const { lines } of group
      .open()
      .read({ since: start - 5 * day, objects })) {
      lines.forEach(({ id }) => given.add(id));
      const seen = add.mock.contexts[0] as SeenLines | undefined;
      most = Math.max(most, seen?.size ?? 0);
      if (given.size >= ages.length - 30) {
        break;
      }
    }
    add.mockRestore();
    expect(given.size).toBeGreaterThanOrEqual(ages.length - 30);
    // Those of the slice that is read, which has an hour, and of 15 minutes before.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(39);
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
  const factory = CloudWatchLogsSourceFactory.create({
    aws: {} as AwsAccess,
    lateFor,
  });

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
