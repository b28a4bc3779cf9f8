import { startLogBucket } from '../../__testUtils__/startLogBucket';
import type { AccessLogBatch } from '../../ports/AccessLogSource';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

jest.setTimeout(60_000);

describe('a backlog in S3', () => {
  let bucket: Awaited<ReturnType<typeof startLogBucket>>;
  beforeAll(async () => {
    bucket = await startLogBucket();
  });
  afterAll(() => bucket?.estate.stop());

  type TestedSource = ReturnType<typeof bucket.openSource>;

  it.each([
    [
      'is broken off',
      async (test: TestedSource) => (await test.read({ batches: 3 })).texts,
      ['{"before":4}'],
    ],
    [
      'fails',
      async (test: TestedSource) => {
        const fault = { service: 's3', operation: 'ListObjectsV2' };
        bucket.estate.sandbox.sandbox.fail({ ...fault, code: 'AccessDenied' });
        return test.read().catch(error => error.name);
      },
      'AccessDenied',
    ],
  ])(
    'begins where it did, if the first pass %s',
    async (_, begin, expected) => {
      const test = bucket.openSource();
      const all = [4, 3, 2, 1].map(hours => `{"before":${hours}}`);
      for (const [index, text] of all.entries()) {
        await bucket.put(
          test.keyOf(bucket.clock.now - (4 - index) * hour, 'a'),
          text,
        );
      }
      const first = await begin(test);
      expect(first).toEqual(expected);
      bucket.clock.now += 3 * day;
      test.restart();
      await bucket.put(test.keyOf(bucket.clock.now - hour, 'a'), '{"after":1}');
      const { texts } = await test.read();
      expect([...[first].flat(), ...texts]).toEqual(
        expect.arrayContaining([...all, '{"after":1}']),
      );
    },
  );

  it('counts on over the turns that a backlog takes, and what comes meanwhile', async () => {
    const test = bucket.openSource();
    for (const hours of [4, 3, 2]) {
      await bucket.put(
        test.keyOf(bucket.clock.now - hours * hour, 'a'),
        `{"before":${hours}}`,
      );
    }
    // An object has two batches, and the first one of all has none.
    const first = await test.read({ batches: 5 });
    expect(first.batches.at(-1)?.backlog).toEqual({
      files: { read: 2, total: 3 },
      bytes: { read: 24, total: 36 },
    });
    bucket.clock.now += minute;
    await bucket.put(test.keyOf(bucket.clock.now - hour, 'new'), '{"new":1}');
    const second = await test.read({ batches: 1 });
    expect(second.batches[0].backlog?.files).toEqual({ read: 2, total: 4 });
    const { batches } = await test.read();
    expect(batches.findLast(({ backlog }) => backlog)?.backlog).toMatchObject({
      files: { read: 4, total: 4 },
    });
    // What was read before is no part of another backlog.
    bucket.clock.now += 2 * hour;
    await bucket.put(test.keyOf(bucket.clock.now, 'another'), '{"another":1}');
    await test.read();
    bucket.clock.now += 2 * hour;
    await bucket.put(test.keyOf(bucket.clock.now, 'last'), '{"last":1}');
    const last = await test.read();
    expect(last.batches[0].backlog?.files).toEqual({ read: 1, total: 1 });
  });

  it('never counts more as read than there is', async () => {
    const test = bucket.openSource();
    await bucket.put(test.keyOf(bucket.clock.now - 29 * hour, 'a'), '{"a":1}');
    const counts: AccessLogBatch['backlog'][] = [];
    for await (const { object, backlog } of test.source.read({
      since: bucket.clock.now - 30 * hour,
      objects: { find: async () => new Map() },
    })) {
      if (object && counts.length === 0) {
        // Another folder, which is listed after.
        await bucket.put(test.keyOf(bucket.clock.now - minute, 'b'), '{"b":1}');
      }
      counts.push(...(backlog ? [structuredClone(backlog)] : []));
    }
    expect(counts.at(-1)).toEqual({
      files: { read: 2, total: 2 },
      bytes: { read: 14, total: 14 },
    });
  });
});
