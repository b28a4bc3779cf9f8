import { textAt } from '@lattice-portal/access-logs';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import { gzipSync } from 'node:zlib';
import { accounts, region, startEstate } from '../../__testUtils__/startEstate';
import type {
  AccessLogBatch,
  AccessLogObject,
} from '../../ports/AccessLogSource';
import { DefaultAccessLogSourceFactory } from '../DefaultAccessLogSourceFactory';
import { LogBucket } from './LogBucket';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const bucket = 'company-logs';

/** Of what was read already, and of lines; of those that can't be read, why. */
function textsOf({ lines, columns }: AccessLogBatch): string[] {
  return [
    ...Array.from({ length: columns?.size ?? 0 }, (_, at) =>
      textAt(columns!, at),
    ),
    ...lines.map(({ text, aside }) => aside ?? text),
  ];
}

// Days pass in it, with all the listings of them.
jest.setTimeout(60_000);

describe('sources in S3', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;
  let s3: S3Client;
  let now = Date.parse('2026-11-22T10:00:00Z');

  beforeAll(async () => {
    estate = await startEstate({ traffic: false });
    s3 = new S3Client(
      estate.sandbox.clientConfig({ accountId: accounts.commerce }),
    );
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => estate?.stop());

  let sources = 0;
  /** A source of its own for each test, in a bucket of another account than the subscription's. */
  function openSource() {
    sources += 1;
    const resourceId = `sn-${sources}`;
    const subscription: AccessLogSubscription = {
      arn: `als-${sources}`,
      id: `als-${sources}`,
      accountId: accounts.shared,
      region,
      resourceArn: `arn:aws:vpc-lattice:${region}:${accounts.shared}:servicenetwork/${resourceId}`,
      destinationArn: `arn:aws:s3:::${bucket}/some`,
    };
    const known = new Map<string, AccessLogObject>();
    let cursor: string | undefined;
    const open = () =>
      DefaultAccessLogSourceFactory.create({
        ...estate,
        now: () => now,
        listingInterval: 0,
      }).create(subscription)!;
    let source = open();
    return {
      source,
      known,
      get cursor() {
        return cursor;
      },
      set cursor(value: string | undefined) {
        cursor = value;
      },
      keyOf(time: number, hash: string) {
        const iso = new Date(time).toISOString();
        const stamp = iso.slice(0, 16).replace(/[-:]/g, '');
        return `some/AWSLogs/${
          accounts.shared
        }/VpcLattice/AccessLogs/${region}/${iso
          .slice(0, 10)
          .replaceAll('-', '/')}/${resourceId}/${
          accounts.shared
        }_VpcLatticeAccessLogs_${region}_${resourceId}_${stamp}Z_${hash}.json.gz`;
      },
      /** Lets time pass, in which the source is read. */
      async pass(days: number) {
        const end = now + days * day;
        while (now < end) {
          now = Math.min(now + day, end);
          await this.read();
        }
      },
      restart() {
        source = open();
      },
      /** Reads on; `batches`: then breaks off, with the last one dealt with or not. */
      async read(options: { batches?: number } = {}) {
        const texts: string[] = [];
        const batches: AccessLogBatch[] = [];
        const reading = source.read({
          cursor,
          since: now - 5 * hour,
          objects: {
            find: async keys =>
              new Map(
                keys.flatMap(key => {
                  const object = known.get(key);
                  return object ? [[key, object] as const] : [];
                }),
              ),
          },
        });
        for await (const batch of reading) {
          batches.push(batch);
          texts.push(...textsOf(batch));
          cursor = batch.cursor ?? cursor;
          if (batch.object) {
            known.set(batch.object.key, batch.object);
          }
          for (const [key, { timestamp }] of known) {
            if (timestamp < (batch.objectsBefore ?? 0)) {
              known.delete(key);
            }
          }
          if (batches.length === options.batches) {
            break;
          }
        }
        return { texts, batches };
      },
    };
  }

  const put = (key: string, body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  const lines = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `{"${name}":${index}}`);

  it('reads each object once, also late ones and those written anew', async () => {
    const test = openSource();
    const early = test.keyOf(now - 4 * hour, 'a');
    await put(test.keyOf(now - 6 * hour, 'before the start'), '{"no":1}');
    await put(early, gzipSync('{"a":1}\n{"a":2}\n'));
    // A day later by its name, and not packed.
    await put(test.keyOf(now - minute, 'b'), '{"b":1}\n{"b":2}');
    const first = await test.read();
    expect(first.texts).toEqual(['{"a":1}', '{"a":2}', '{"b":1}', '{"b":2}']);
    expect(first.batches.map(({ backlog }) => backlog)).toContainEqual(
      expect.objectContaining({ files: { read: 2, total: 2 } }),
    );
    expect(first.batches.at(-1)).toMatchObject({
      lines: [],
      readUntil: new Date(now).toISOString(),
    });
    expect((await test.read()).texts).toEqual([]);

    now += 10 * minute;
    test.restart();
    await put(test.keyOf(now - 2 * hour, 'late'), gzipSync('{"late":1}'));
    expect((await test.read()).texts).toEqual(['{"late":1}']);
    await put(early, gzipSync('{"a":3}\n'));
    now += hour;
    expect((await test.read()).texts).toEqual(['{"a":3}']);
  });

  it('searches once a day for what came late by days', async () => {
    const test = openSource();
    const begin = now;
    await put(test.keyOf(now, 'first'), '{"first":1}');
    expect((await test.read()).texts).toEqual(['{"first":1}']);
    await test.pass(5.5);
    const late = test.keyOf(begin + 3 * hour, 'late');
    await put(late, gzipSync('{"late":1}\n{"late":2}'));
    // Of before reading began.
    await put(test.keyOf(begin - 6 * hour, 'before'), '{"no":1}');
    expect((await test.read()).texts).toEqual([]);
    now += 12 * hour;
    const first = await test.read();
    expect(first.texts).toEqual(['{"late":1}', '{"late":2}']);
    expect(first.batches.at(-1)?.sweep).toEqual({
      of: 'objects',
      startedAt: now,
      endedAt: now,
      from: begin - 5 * hour,
      until: now - 48 * hour,
      reached: now - 48 * hour,
      found: 1,
    });
    expect(first.batches.map(({ readUntil }) => readUntil)).toEqual(
      first.batches.map(() => new Date(now).toISOString()),
    );

    await put(test.keyOf(begin + day, 'later'), '{"later":1}');
    now += 23 * hour;
    expect((await test.read()).texts).toEqual([]);
    now += 2 * hour;
    test.restart();
    expect((await test.read()).texts).toEqual(['{"later":1}']);
    now += day;
    const { texts, batches } = await test.read();
    expect(texts).toEqual([]);
    expect(batches.at(-1)?.sweep).toMatchObject({ endedAt: now, found: 0 });
  });

  it('goes on with a search where it was broken off', async () => {
    const test = openSource();
    const begin = now;
    await test.read();
    await test.pass(9.5);
    now += 12 * hour;
    const keys = [1, 2, 3, 4].map(days =>
      test.keyOf(begin + days * day, `late ${days}`),
    );
    for (const [index, key] of keys.entries()) {
      await put(key, gzipSync(`{"late":${index}}`));
    }
    const texts: string[] = [];
    let searches: AccessLogBatch['sweep'][] = [];
    for (let turn = 0; !searches.at(-1)?.endedAt; turn++) {
      expect(turn).toBeLessThan(20);
      test.restart();
      const read = await test.read({ batches: 3 });
      texts.push(...read.texts);
      searches = [...searches, ...read.batches.map(({ sweep }) => sweep)];
      now += minute;
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
    const test = openSource();
    const begin = now;
    await test.read();
    await test.pass(20);
    const old = test.keyOf(begin + 2 * day, 'old');
    const young = test.keyOf(begin + 10 * day, 'young');
    await put(old, '{"old":1}');
    await put(young, '{"young":1}');
    // 14 days, as configured.
    now += day;
    expect((await test.read()).texts).toEqual(['{"young":1}']);
    // Remembered for as long as it is searched, and forgotten behind that.
    await test.pass(4);
    expect([...test.known.keys()]).toEqual([young]);
    await test.pass(2);
    expect([...test.known.keys()]).toEqual([]);

    // A cursor of a version that remembered 48 hours and more.
    test.cursor = JSON.stringify({
      start: begin,
      from: now - hour,
      lateListedAt: now - hour,
    });
    await put(test.keyOf(now - 5 * day, 'read then'), '{"read":1}');
    expect((await test.read()).texts).toEqual([]);
    await put(test.keyOf(now - day, 'late'), '{"late":1}');
    await test.pass(2);
    expect([...test.known.keys()]).toEqual([expect.stringContaining('late')]);
  });

  type TestedSource = ReturnType<typeof openSource>;

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
        estate.sandbox.sandbox.fail({ ...fault, code: 'AccessDenied' });
        return test.read().catch(error => error.name);
      },
      'AccessDenied',
    ],
  ])(
    'begins where it did, if the first pass %s',
    async (_, begin, expected) => {
      const test = openSource();
      const all = [4, 3, 2, 1].map(hours => `{"before":${hours}}`);
      for (const [index, text] of all.entries()) {
        await put(test.keyOf(now - (4 - index) * hour, 'a'), text);
      }
      const first = await begin(test);
      expect(first).toEqual(expected);
      now += 3 * day;
      test.restart();
      await put(test.keyOf(now - hour, 'a'), '{"after":1}');
      const { texts } = await test.read();
      expect([...[first].flat(), ...texts]).toEqual(
        expect.arrayContaining([...all, '{"after":1}']),
      );
    },
  );

  it('counts on over the turns that a backlog takes, and what comes meanwhile', async () => {
    const test = openSource();
    for (const hours of [4, 3, 2]) {
      await put(test.keyOf(now - hours * hour, 'a'), `{"before":${hours}}`);
    }
    // An object has two batches, and the first one of all has none.
    const first = await test.read({ batches: 5 });
    expect(first.batches.at(-1)?.backlog).toEqual({
      files: { read: 2, total: 3 },
      bytes: { read: 24, total: 36 },
    });
    now += minute;
    await put(test.keyOf(now - hour, 'new'), '{"new":1}');
    const second = await test.read({ batches: 1 });
    expect(second.batches[0].backlog?.files).toEqual({ read: 2, total: 4 });
    const { batches } = await test.read();
    expect(batches.findLast(({ backlog }) => backlog)?.backlog).toMatchObject({
      files: { read: 4, total: 4 },
    });
    // What was read before is no part of another backlog.
    now += 2 * hour;
    await put(test.keyOf(now, 'another'), '{"another":1}');
    await test.read();
    now += 2 * hour;
    await put(test.keyOf(now, 'last'), '{"last":1}');
    const last = await test.read();
    expect(last.batches[0].backlog?.files).toEqual({ read: 1, total: 1 });
  });

  it('never counts more as read than there is', async () => {
    const test = openSource();
    await put(test.keyOf(now - 29 * hour, 'a'), '{"a":1}');
    const counts: AccessLogBatch['backlog'][] = [];
    for await (const { object, backlog } of test.source.read({
      since: now - 30 * hour,
      objects: { find: async () => new Map() },
    })) {
      if (object && counts.length === 0) {
        // Another folder, which is listed after.
        await put(test.keyOf(now - minute, 'b'), '{"b":1}');
      }
      counts.push(...(backlog ? [structuredClone(backlog)] : []));
    }
    expect(counts.at(-1)).toEqual({
      files: { read: 2, total: 2 },
      bytes: { read: 14, total: 14 },
    });
  });

  it('goes on within an object, packed or not', async () => {
    const test = openSource();
    const all = [...lines('x', 12_500), ...lines('y', 12_500)];
    await put(
      test.keyOf(now - minute, 'a'),
      gzipSync(all.slice(0, 12_500).join('\n')),
    );
    await put(test.keyOf(now, 'b'), all.slice(12_500).join(''));
    const texts: string[] = [];
    for (let turn = 0; turn < 10; turn++) {
      test.restart();
      texts.push(...(await test.read({ batches: 1 })).texts);
    }
    expect(texts).toEqual(all);
  });

  it('keeps aside what can not be read, and goes on', async () => {
    const test = openSource();
    const packed = gzipSync(lines('x', 1_000).join('\n'));
    await put(
      test.keyOf(now - 2 * minute, 'cut'),
      packed.subarray(0, packed.length - 20),
    );
    await put(test.keyOf(now - minute, 'empty'), '\n');
    await put(test.keyOf(now, 'whole'), '{"whole":1}');
    const { texts, batches } = await test.read();
    expect(texts.at(-1)).toBe('{"whole":1}');
    expect(texts.at(-2)).toMatch(/gzip data is cut off/);
    const [{ place }] = batches.flatMap(({ columns }) => columns?.asides ?? []);
    expect(place).toMatch(`s3://${bucket}/some/AWSLogs/`);
    expect((await test.read()).texts).toEqual([]);
  });

  it('says what was deleted before it was read', async () => {
    const test = openSource();
    await put(test.keyOf(now - minute, 'a'), lines('a', 1).join('\n'));
    const gone = test.keyOf(now, 'gone');
    await put(gone, '{"gone":1}');
    const reading = test.source.read({
      since: now - hour,
      objects: { find: async () => new Map() },
    });
    const texts: string[] = [];
    for await (const batch of reading) {
      texts.push(...textsOf(batch));
      if (texts.length > 0) {
        await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: gone }));
      }
    }
    expect(texts).toEqual(['{"a":0}', 'deleted before it was read']);
  });

  describe('with objects that S3 does not give', () => {
    const refuse = (code: string, times = 1) =>
      estate.sandbox.sandbox.fail({
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
        const test = openSource();
        const key = test.keyOf(now - 2 * minute, 'refused');
        await put(key, '{"refused":1}');
        await put(test.keyOf(now - minute, 'b'), '{"b":1}');
        refuse(code);
        const first = await test.read();
        expect(first.texts).toEqual([expect.stringContaining(code), '{"b":1}']);
        expect(test.known.get(key)).toMatchObject({ isComplete: false });
        // Not every minute,
        now += minute;
        expect((await test.read()).texts).toEqual([]);
        // and told once: after a restart in the same line.
        now += hour;
        refuse(code);
        expect((await test.read()).texts).toEqual([]);
        now += hour;
        test.restart();
        refuse(code);
        expect(idsOf(await test.read())).toEqual(idsOf(first));
        // On the second day it is both among the latest and searched for.
        for (const times of [1, 2, 1]) {
          now += day;
          refuse(code, times);
          expect((await test.read()).texts).toEqual([]);
        }
        now += day;
        const { texts, batches } = await test.read();
        expect(texts).toEqual(['{"refused":1}']);
        expect(batches.at(-1)?.sweep).toMatchObject({ found: 1 });
      },
    );

    it('fails if many are refused in a row, and reads them when they are not', async () => {
      const test = openSource();
      const all = Array.from({ length: 12 }, (_, at) => `{"a":${at}}`);
      for (const [at, text] of all.entries()) {
        await put(test.keyOf(now - (60 - at) * minute, 'a'), text);
      }
      refuse('AccessDenied', 11);
      await expect(test.read()).rejects.toThrow('Rate exceeded');
      expect(test.known.size).toBe(9);
      await expect(test.read()).rejects.toThrow('Rate exceeded');
      expect(test.known.size).toBe(9);
      now += hour;
      expect((await test.read()).texts).toEqual(all);
    });

    it('does not fail where many have to be restored', async () => {
      const test = openSource();
      for (let at = 0; at < 13; at++) {
        await put(test.keyOf(now - (60 - at) * minute, 'a'), `{"a":${at}}`);
      }
      refuse('InvalidObjectState', 12);
      const { texts } = await test.read();
      expect(texts).toHaveLength(13);
      expect(texts.at(-1)).toBe('{"a":12}');
    });

    it('does not take some among others for many in a row', async () => {
      const test = openSource();
      for (let at = 0; at < 24; at++) {
        const name = at % 2 ? 'refused' : 'given';
        await put(test.keyOf(now - (60 - at) * minute, name), `{"a":${at}}`);
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
      now += hour;
      test.restart();
      const again = await test.read();
      bytes.mockRestore();
      // One after the other now, as the others are read.
      expect(again.texts).toHaveLength(12);
      expect(idsOf(again)).toEqual(idsOf(first));
    });

    it.each(['ExpiredToken', 'NoSuchBucket', 'throttling'])(
      'fails where that is not the matter of one: %s',
      async code => {
        const test = openSource();
        await put(test.keyOf(now, 'a'), '{"a":1}');
        refuse(code, code === 'throttling' ? 5 : 1);
        await expect(test.read()).rejects.toThrow('Rate exceeded');
        expect(test.known.size).toBe(0);
        expect((await test.read()).texts).toEqual(['{"a":1}']);
      },
    );
  });

  describe('of a Firehose stream', () => {
    const streamArn = (name: string) =>
      `arn:aws:firehose:${region}:${accounts.payments}:deliverystream/${name}`;

    function createStream(name: string, destination: object) {
      return estate.sandbox.sandbox.call({
        service: 'firehose',
        operation: 'CreateDeliveryStream',
        input: {
          resourceType: 'AWS::KinesisFirehose::DeliveryStream',
          resourceArn: streamArn(name),
          physicalId: name,
          properties: {
            ExtendedS3DestinationConfiguration: {
              BucketARN: `arn:aws:s3:::${bucket}`,
              ...destination,
            },
          },
          attributes: {},
          tags: {},
        },
        caller: {
          accountId: accounts.payments,
          region,
          principalArn: `arn:aws:iam::${accounts.payments}:root`,
        },
      });
    }

    const open = (name: string) =>
      DefaultAccessLogSourceFactory.create(estate).create({
        arn: 'als-1',
        id: 'als-1',
        accountId: accounts.shared,
        region,
        resourceArn: 'sn-1',
        destinationArn: streamArn(name),
      })!;

    async function read(name: string) {
      const texts: string[] = [];
      const reading = open(name).read({
        since: Date.now() - hour,
        objects: { find: async () => new Map() },
      });
      for await (const batch of reading) {
        texts.push(...textsOf(batch));
      }
      return texts;
    }

    it('reads the bucket that the stream writes to', async () => {
      await createStream('logs', {
        Prefix: 'streams/',
        CompressionFormat: 'GZIP',
        ErrorOutputPrefix: 'failed/',
      });
      const folder = new Date()
        .toISOString()
        .slice(0, 13)
        .replace(/[-T]/g, '/');
      const name = (stream: string, id: string) =>
        `${folder}/${stream}-1-2026-11-22-10-00-00-${id}.gz`;
      await put(
        `streams/${name('logs', 'a')}`,
        gzipSync(lines('a', 1_200).join('')),
      );
      await put(`streams/${name('logs', 'b')}`, gzipSync('{"b":1}\n{"b":2}'));
      await put(`streams/${name('other', 'c')}`, gzipSync('{"c":1}'));
      await put(`failed/${name('logs', 'd')}`, gzipSync('{"d":1}'));
      expect(await read('logs')).toEqual([
        ...lines('a', 1_200),
        '{"b":1}',
        '{"b":2}',
      ]);
    });

    it('does not say how far it has read where that is in no order of time', async () => {
      await createStream('parts', {
        Prefix: 'parts/!{partitionKeyFromQuery:a}/!{timestamp:yyyy/MM/dd/HH}/',
      });
      const folder = new Date().toISOString().slice(0, 13);
      const at = folder.replace(/[-T]/g, '/');
      for (const part of ['a', 'b']) {
        await put(
          `parts/${part}/${at}/parts-1-2026-11-22-10-00-00-a`,
          `{"${part}":1}`,
        );
      }
      const since = Date.now() - hour;
      const batches: AccessLogBatch[] = [];
      const reading = open('parts').read({
        since,
        objects: { find: async () => new Map() },
      });
      for await (const batch of reading) {
        batches.push(batch);
      }
      const withObject = batches.filter(({ object }) => object);
      expect(withObject.flatMap(textsOf)).toEqual(['{"a":1}', '{"b":1}']);
      expect(withObject.map(({ readUntil }) => readUntil)).toEqual(
        withObject.map(() => undefined),
      );
      expect(Date.parse(batches.at(-1)?.readUntil ?? '')).toBeGreaterThan(
        since,
      );
    });

    it('says what can not be read', async () => {
      await createStream('zip', { CompressionFormat: 'ZIP' });
      await expect(read('zip')).rejects.toThrow('Firehose zip packs by ZIP');
      await createStream('parquet', {
        DataFormatConversionConfiguration: { Enabled: true },
      });
      await expect(read('parquet')).rejects.toThrow('another format');
      await createStream('elsewhere', { BucketARN: undefined });
      await expect(read('elsewhere')).rejects.toThrow('only S3 can be read');
      await expect(read('none')).rejects.toThrow('not found');
    });
  });
});
