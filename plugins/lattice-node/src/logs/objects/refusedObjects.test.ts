import { startLogBucket } from '../../__testUtils__/startLogBucket';
import type { AccessLogBatch } from '../../ports/AccessLogSource';
import { LogBucket } from './LogBucket';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Days pass in it, with all the listings of them.
jest.setTimeout(60_000);

describe('objects that S3 does not give', () => {
  let bucket: Awaited<ReturnType<typeof startLogBucket>>;
  beforeAll(async () => {
    bucket = await startLogBucket();
  });
  afterAll(() => bucket?.estate.stop());

  const refuse = (code: string, times = 1) =>
    bucket.estate.sandbox.sandbox.fail({
      service: 's3',
      operation: 'GetObject',
      code,
      times,
    });
  const idsOf = ({ batches }: { batches: AccessLogBatch[] }) =>
    batches.flatMap(batch => batch.lines.map(({ id }) => id));

  it.each(['InvalidObjectState', 'AccessDenied', 'KMS.DisabledException'])(
    'tells of one, reads the others, and asks again: %s',
    async code => {
      const test = bucket.openSource();
      const key = test.keyOf(bucket.clock.now - 2 * minute, 'refused');
      await bucket.put(key, '{"refused":1}');
      await bucket.put(test.keyOf(bucket.clock.now - minute, 'b'), '{"b":1}');
      refuse(code);
      const first = await test.read();
      expect(first.texts).toEqual([expect.stringContaining(code), '{"b":1}']);
      expect(test.known.get(key)).toMatchObject({ isComplete: false });
      // Not every minute,
      bucket.clock.now += minute;
      expect((await test.read()).texts).toEqual([]);
      // and told once: after a restart in the same line.
      bucket.clock.now += hour;
      refuse(code);
      expect((await test.read()).texts).toEqual([]);
      bucket.clock.now += hour;
      test.restart();
      refuse(code);
      expect(idsOf(await test.read())).toEqual(idsOf(first));
      // On the second day it is both among the latest and searched for.
      for (const times of [1, 2, 1]) {
        bucket.clock.now += day;
        refuse(code, times);
        expect((await test.read()).texts).toEqual([]);
      }
      bucket.clock.now += day;
      const { texts, batches } = await test.read();
      expect(texts).toEqual(['{"refused":1}']);
      expect(batches.at(-1)?.sweep).toMatchObject({ found: 1 });
    },
  );

  it('fails if many are refused in a row, and reads them when they are not', async () => {
    const test = bucket.openSource();
    const all = Array.from({ length: 12 }, (_, at) => `{"a":${at}}`);
    for (const [at, text] of all.entries()) {
      await bucket.put(
        test.keyOf(bucket.clock.now - (60 - at) * minute, 'a'),
        text,
      );
    }
    refuse('AccessDenied', 11);
    await expect(test.read()).rejects.toThrow('Rate exceeded');
    expect(test.known.size).toBe(9);
    await expect(test.read()).rejects.toThrow('Rate exceeded');
    expect(test.known.size).toBe(9);
    bucket.clock.now += hour;
    expect((await test.read()).texts).toEqual(all);
  });

  it('does not fail where many have to be restored', async () => {
    const test = bucket.openSource();
    for (let at = 0; at < 13; at++) {
      await bucket.put(
        test.keyOf(bucket.clock.now - (60 - at) * minute, 'a'),
        `{"a":${at}}`,
      );
    }
    refuse('InvalidObjectState', 12);
    const { texts } = await test.read();
    expect(texts).toHaveLength(13);
    expect(texts.at(-1)).toBe('{"a":12}');
  });

  it('does not take some among others for many in a row', async () => {
    const test = bucket.openSource();
    for (let at = 0; at < 24; at++) {
      const name = at % 2 ? 'refused' : 'given';
      await bucket.put(
        test.keyOf(bucket.clock.now - (60 - at) * minute, name),
        `{"a":${at}}`,
      );
    }
    const give = LogBucket.prototype.bytes;
    const bytes = jest
      .spyOn(LogBucket.prototype, 'bytes')
      .mockImplementation(function bytesOf(this: LogBucket, object, options) {
        if (object.key.includes('refused')) {
          throw Object.assign(new Error('Access Denied'), {
            name: 'AccessDenied',
            $metadata: { httpStatusCode: 403 },
          });
        }
        return give.call(this, object, options);
      });
    const first = await test.read();
    expect(first.texts).toHaveLength(24);
    bucket.clock.now += hour;
    test.restart();
    const again = await test.read();
    bytes.mockRestore();
    // One after the other bucket.clock.now, as the others are read.
    expect(again.texts).toHaveLength(12);
    expect(idsOf(again)).toEqual(idsOf(first));
  });

  it.each(['ExpiredToken', 'NoSuchBucket', 'throttling'])(
    'fails where that is not the matter of one: %s',
    async code => {
      const test = bucket.openSource();
      await bucket.put(test.keyOf(bucket.clock.now, 'a'), '{"a":1}');
      refuse(code, code === 'throttling' ? 5 : 1);
      await expect(test.read()).rejects.toThrow('Rate exceeded');
      expect(test.known.size).toBe(0);
      expect((await test.read()).texts).toEqual(['{"a":1}']);
    },
  );
});
