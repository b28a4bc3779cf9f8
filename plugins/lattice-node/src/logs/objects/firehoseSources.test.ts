import { gzipSync } from 'node:zlib';
import { accounts, region } from '../../__testUtils__/startEstate';
import { startLogBucket, textsOf } from '../../__testUtils__/startLogBucket';
import type { AccessLogBatch } from '../../ports/AccessLogSource';
import { DefaultAccessLogSourceFactory } from '../DefaultAccessLogSourceFactory';

const hour = 3_600_000;

jest.setTimeout(60_000);

describe('sources of Firehose streams', () => {
  let bucket: Awaited<ReturnType<typeof startLogBucket>>;
  beforeAll(async () => {
    bucket = await startLogBucket();
  });
  afterAll(() => bucket?.estate.stop());

  const lines = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `{"${name}":${index}}`);

  const streamArn = (name: string) =>
    `arn:aws:firehose:${region}:${accounts.payments}:deliverystream/${name}`;

  function createStream(name: string, destination: object) {
    return bucket.estate.sandbox.sandbox.call({
      service: 'firehose',
      operation: 'CreateDeliveryStream',
      input: {
        resourceType: 'AWS::KinesisFirehose::DeliveryStream',
        resourceArn: streamArn(name),
        physicalId: name,
        properties: {
          ExtendedS3DestinationConfiguration: {
            BucketARN: `arn:aws:s3:::${bucket.bucket}`,
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
    DefaultAccessLogSourceFactory.create(bucket.estate).create({
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
    const folder = new Date().toISOString().slice(0, 13).replace(/[-T]/g, '/');
    const name = (stream: string, id: string) =>
      `${folder}/${stream}-1-2026-11-22-10-00-00-${id}.gz`;
    await bucket.put(
      `streams/${name('logs', 'a')}`,
      gzipSync(lines('a', 1_200).join('')),
    );
    await bucket.put(
      `streams/${name('logs', 'b')}`,
      gzipSync('{"b":1}\n{"b":2}'),
    );
    await bucket.put(`streams/${name('other', 'c')}`, gzipSync('{"c":1}'));
    await bucket.put(`failed/${name('logs', 'd')}`, gzipSync('{"d":1}'));
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
      await bucket.put(
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
    expect(Date.parse(batches.at(-1)?.readUntil ?? '')).toBeGreaterThan(since);
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
