import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import { startLogBucket, textsOf } from '../../__testUtils__/startLogBucket';
import type { AccessLogBatch } from '../../ports/AccessLogSource';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Days pass in it, with all the listings of them.
jest.setTimeout(60_000);

describe('sources in S3', () => {
  let bucket: Awaited<ReturnType<typeof startLogBucket>>;
  beforeAll(async () => {
    bucket = await startLogBucket();
  });
  afterAll(() => bucket?.estate.stop());

  const lines = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `{"${name}":${index}}`);

  it('reads each object once, also late ones and those written anew', async () => {
    const test = bucket.openSource();
    const early = test.keyOf(bucket.clock.now - 4 * hour, 'a');
    await bucket.put(
      test.keyOf(bucket.clock.now - 6 * hour, 'before the start'),
      '{"no":1}',
    );
    await bucket.put(early, gzipSync('{"a":1}\n{"a":2}\n'));
    // A day later by its name, and not packed.
    await bucket.put(
      test.keyOf(bucket.clock.now - minute, 'b'),
      '{"b":1}\n{"b":2}',
    );
    const first = await test.read();
    expect(first.texts).toEqual(['{"a":1}', '{"a":2}', '{"b":1}', '{"b":2}']);
    expect(first.batches.map(({ backlog }) => backlog)).toContainEqual(
      expect.objectContaining({ files: { read: 2, total: 2 } }),
    );
    expect(first.batches.at(-1)).toMatchObject({
      lines: [],
      readUntil: new Date(bucket.clock.now).toISOString(),
    });
    expect((await test.read()).texts).toEqual([]);

    bucket.clock.now += 10 * minute;
    test.restart();
    await bucket.put(
      test.keyOf(bucket.clock.now - 2 * hour, 'late'),
      gzipSync('{"late":1}'),
    );
    expect((await test.read()).texts).toEqual(['{"late":1}']);
    await bucket.put(early, gzipSync('{"a":3}\n'));
    bucket.clock.now += hour;
    expect((await test.read()).texts).toEqual(['{"a":3}']);
  });

  it('searches once a day for what came late by days', async () => {
    const test = bucket.openSource();
    const begin = bucket.clock.now;
    await bucket.put(test.keyOf(bucket.clock.now, 'first'), '{"first":1}');
    expect((await test.read()).texts).toEqual(['{"first":1}']);
    await test.pass(5.5);
    const late = test.keyOf(begin + 3 * hour, 'late');
    await bucket.put(late, gzipSync('{"late":1}\n{"late":2}'));
    // Of before reading began.
    await bucket.put(test.keyOf(begin - 6 * hour, 'before'), '{"no":1}');
    expect((await test.read()).texts).toEqual([]);
    bucket.clock.now += 12 * hour;
    const first = await test.read();
    expect(first.texts).toEqual(['{"late":1}', '{"late":2}']);
    expect(first.batches.at(-1)?.sweep).toEqual({
      of: 'objects',
      startedAt: bucket.clock.now,
      endedAt: bucket.clock.now,
      from: begin - 5 * hour,
      until: bucket.clock.now - 48 * hour,
      reached: bucket.clock.now - 48 * hour,
      found: 1,
    });
    expect(first.batches.map(({ readUntil }) => readUntil)).toEqual(
      first.batches.map(() => new Date(bucket.clock.now).toISOString()),
    );

    await bucket.put(test.keyOf(begin + day, 'later'), '{"later":1}');
    bucket.clock.now += 23 * hour;
    expect((await test.read()).texts).toEqual([]);
    bucket.clock.now += 2 * hour;
    test.restart();
    expect((await test.read()).texts).toEqual(['{"later":1}']);
    bucket.clock.now += day;
    const { texts, batches } = await test.read();
    expect(texts).toEqual([]);
    expect(batches.at(-1)?.sweep).toMatchObject({
      endedAt: bucket.clock.now,
      found: 0,
    });
  });

  it('goes on with a search where it was broken off', async () => {
    const test = bucket.openSource();
    const begin = bucket.clock.now;
    await test.read();
    await test.pass(9.5);
    bucket.clock.now += 12 * hour;
    const keys = [1, 2, 3, 4].map(days =>
      test.keyOf(begin + days * day, `late ${days}`),
    );
    for (const [index, key] of keys.entries()) {
      await bucket.put(key, gzipSync(`{"late":${index}}`));
    }
    const texts: string[] = [];
    let searches: AccessLogBatch['sweep'][] = [];
    for (let turn = 0; !searches.at(-1)?.endedAt; turn++) {
      expect(turn).toBeLessThan(20);
      test.restart();
      const read = await test.read({ batches: 3 });
      texts.push(...read.texts);
      searches = [...searches, ...read.batches.map(({ sweep }) => sweep)];
      bucket.clock.now += minute;
    }
    expect(texts).toEqual([
      '{"late":0}',
      '{"late":1}',
      '{"late":2}',
      '{"late":3}',
    ]);
    const told = searches.flatMap(sweep => sweep ?? []);
    expect(new Set(told.map(({ startedAt }) => startedAt)).size).toBe(1);
    expect(told.at(-1)).toMatchObject({ found: 4 });
    const reached = told.map(sweep => sweep.reached);
    expect(reached).toEqual([...reached].sort((one, other) => one - other));
  });

  it('does not search the time of what it does not remember', async () => {
    const test = bucket.openSource();
    const begin = bucket.clock.now;
    await test.read();
    await test.pass(20);
    const old = test.keyOf(begin + 2 * day, 'old');
    const young = test.keyOf(begin + 10 * day, 'young');
    await bucket.put(old, '{"old":1}');
    await bucket.put(young, '{"young":1}');
    // 14 days, as configured.
    bucket.clock.now += day;
    expect((await test.read()).texts).toEqual(['{"young":1}']);
    // Remembered for as long as it is searched, and forgotten behind that.
    await test.pass(4);
    expect([...test.known.keys()]).toEqual([young]);
    await test.pass(2);
    expect([...test.known.keys()]).toEqual([]);

    // A cursor of a version that remembered 48 hours and more.
    test.cursor = JSON.stringify({
      start: begin,
      from: bucket.clock.now - hour,
      lateListedAt: bucket.clock.now - hour,
    });
    await bucket.put(
      test.keyOf(bucket.clock.now - 5 * day, 'read then'),
      '{"read":1}',
    );
    expect((await test.read()).texts).toEqual([]);
    await bucket.put(test.keyOf(bucket.clock.now - day, 'late'), '{"late":1}');
    await test.pass(2);
    expect([...test.known.keys()]).toEqual([expect.stringContaining('late')]);
  });

  it('goes on within an object, packed or not', async () => {
    const test = bucket.openSource();
    const all = [...lines('x', 12_500), ...lines('y', 12_500)];
    await bucket.put(
      test.keyOf(bucket.clock.now - minute, 'a'),
      gzipSync(all.slice(0, 12_500).join('\n')),
    );
    await bucket.put(
      test.keyOf(bucket.clock.now, 'b'),
      all.slice(12_500).join(''),
    );
    const texts: string[] = [];
    for (let turn = 0; turn < 10; turn++) {
      test.restart();
      texts.push(...(await test.read({ batches: 1 })).texts);
    }
    expect(texts).toEqual(all);
  });

  it('keeps aside what can not be read, and goes on', async () => {
    const test = bucket.openSource();
    const packed = gzipSync(lines('x', 1_000).join('\n'));
    await bucket.put(
      test.keyOf(bucket.clock.now - 2 * minute, 'cut'),
      packed.subarray(0, packed.length - 20),
    );
    await bucket.put(test.keyOf(bucket.clock.now - minute, 'empty'), '\n');
    await bucket.put(test.keyOf(bucket.clock.now, 'whole'), '{"whole":1}');
    const { texts, batches } = await test.read();
    expect(texts.at(-1)).toBe('{"whole":1}');
    expect(texts.at(-2)).toMatch(/gzip data is cut off/);
    const [{ place }] = batches.flatMap(({ columns }) => columns?.asides ?? []);
    expect(place).toMatch(`s3://${bucket.bucket}/some/AWSLogs/`);
    expect((await test.read()).texts).toEqual([]);
  });

  it('says what was deleted before it was read', async () => {
    const test = bucket.openSource();
    await bucket.put(
      test.keyOf(bucket.clock.now - minute, 'a'),
      lines('a', 1).join('\n'),
    );
    const gone = test.keyOf(bucket.clock.now, 'gone');
    await bucket.put(gone, '{"gone":1}');
    const reading = test.source.read({
      since: bucket.clock.now - hour,
      objects: { find: async () => new Map() },
    });
    const texts: string[] = [];
    for await (const batch of reading) {
      texts.push(...textsOf(batch));
      if (texts.length > 0) {
        await bucket.s3.send(
          new DeleteObjectCommand({ Bucket: bucket.bucket, Key: gone }),
        );
      }
    }
    expect(texts).toEqual(['{"a":0}', 'deleted before it was read']);
  });
});
