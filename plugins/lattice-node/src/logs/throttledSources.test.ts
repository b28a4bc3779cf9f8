import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { accounts, region, startEstate } from '../__testUtils__/startEstate';
import { textsOf } from '../__testUtils__/startLogBucket';
import type { AccessLogObject } from '../ports/AccessLogSource';
import { DefaultAccessLogSourceFactory } from './DefaultAccessLogSourceFactory';

const hour = 3_600_000;
const accountId = accounts.shared;
const logGroupName = '/throttled';
const bucket = 'throttled-logs';
/** So often the AWS SDK asks before it gives up. */
const ATTEMPTS = 5;

// The SDK waits between two attempts, the longer the more there were.
jest.setTimeout(120_000);

describe('sources that AWS throttles', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;
  const now = Date.now();
  const since = now - 5.5 * hour;
  const deliveredAt = [5, 4, 3, 2, 1].map(hours => now - hours * hour);
  const texts = deliveredAt.map((_, at) => `{"line":${at}}`);

  beforeAll(async () => {
    estate = await startEstate({ traffic: false });
    const config = estate.sandbox.clientConfig({ accountId, region });
    const logs = new CloudWatchLogsClient(config);
    const stream = { logGroupName, logStreamName: 'a' };
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand(stream));
    await logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: texts.map((message, at) => ({
          message,
          timestamp: deliveredAt[at],
        })),
      }),
    );
    const s3 = new S3Client(config);
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const [at, text] of texts.entries()) {
      const iso = new Date(deliveredAt[at]).toISOString();
      const folder = `${iso.slice(0, 10).replaceAll('-', '/')}/sn-1`;
      const stamp = iso.slice(0, 16).replace(/[-:]/g, '');
      const kind = 'VpcLattice/AccessLogs';
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `AWSLogs/${accountId}/${kind}/${region}/${folder}/${accountId}_VpcLatticeAccessLogs_${region}_sn-1_${stamp}Z_a.json.gz`,
          Body: text,
        }),
      );
    }
  });
  afterAll(() => estate?.stop());

  /** Reads on each time it is asked to; `onLines` is called when there are more. */
  function openSource(destinationArn: string) {
    const source = DefaultAccessLogSourceFactory.create({
      ...estate,
      now: () => now,
      listingInterval: 0,
    }).create({
      arn: 'als-1',
      id: 'als-1',
      accountId,
      region,
      resourceArn: `arn:aws:vpc-lattice:${region}:${accountId}:servicenetwork/sn-1`,
      destinationArn,
    })!;
    const known = new Map<string, AccessLogObject>();
    const given: string[] = [];
    let cursor: string | undefined;
    return {
      given,
      async read(onLines: () => void = () => {}) {
        const objects = { find: async () => known };
        for await (const batch of source.read({
          cursor,
          since,
          objects,
        })) {
          cursor = batch.cursor ?? cursor;
          if (batch.object) {
            known.set(batch.object.key, batch.object);
          }
          const lines = textsOf(batch);
          given.push(...lines);
          if (lines.length > 0) {
            onLines();
          }
        }
      },
    };
  }

  describe.each([
    [
      'log group',
      `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*`,
      [{ service: 'logs', operation: 'FilterLogEvents' }],
      'ThrottlingException',
    ],
    [
      'bucket',
      `arn:aws:s3:::${bucket}`,
      [
        { service: 's3', operation: 'ListObjectsV2' },
        { service: 's3', operation: 'GetObject' },
      ],
      'SlowDown',
    ],
  ])('a %s', (_, destinationArn, calls, error) => {
    const throttle = (
      call: { service: string; operation: string },
      times = 1,
    ) => estate.sandbox.sandbox.fail({ ...call, code: 'throttling', times });

    it('neither loses nor doubles a line if that passes', async () => {
      const source = openSource(destinationArn);
      calls.forEach(call => throttle(call, 2));
      // And in the middle.
      await source.read(() => {
        if (source.given.length === 2) {
          throttle(calls.at(-1)!, 2);
        }
      });
      expect(source.given).toEqual(texts);
      await source.read();
      expect(source.given).toEqual(texts);
    });

    it('fails if that lasts, and goes on where it stopped', async () => {
      const source = openSource(destinationArn);
      const reading = source.read(() => {
        if (source.given.length === 2) {
          throttle(calls.at(-1)!, ATTEMPTS);
        }
      });
      await expect(reading).rejects.toMatchObject({
        name: error,
        message: 'Rate exceeded',
      });
      expect(source.given).toEqual(texts.slice(0, 2));
      await source.read();
      expect(source.given).toEqual(texts);
    });
  });
});
