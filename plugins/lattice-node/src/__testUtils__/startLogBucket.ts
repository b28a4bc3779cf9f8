import { textAt } from '@lattice-portal/access-logs';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import { DefaultAccessLogSourceFactory } from '../logs/DefaultAccessLogSourceFactory';
import type { AccessLogBatch, AccessLogObject } from '../ports/AccessLogSource';
import { accounts, region, startEstate } from './startEstate';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Of what was read already, and of lines; of those that can't be read, why. */
export function textsOf({ lines, columns }: AccessLogBatch): string[] {
  return [
    ...Array.from({ length: columns?.size ?? 0 }, (_, at) =>
      textAt(columns!, at),
    ),
    ...lines.map(({ text, aside }) => aside ?? text),
  ];
}

/** A bucket of an estate for the time of a test file, and sources whose clock the tests set. */
export async function startLogBucket() {
  const bucket = 'company-logs';
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') };
  const estate = await startEstate({ traffic: false });
  const s3 = new S3Client(
    estate.sandbox.clientConfig({ accountId: accounts.commerce }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));

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
        now: () => clock.now,
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
        const end = clock.now + days * day;
        while (clock.now < end) {
          clock.now = Math.min(clock.now + day, end);
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
          since: clock.now - 5 * hour,
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

  return {
    estate,
    s3,
    bucket,
    clock,
    openSource,
    put: (key: string, body: string | Buffer) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })),
  };
}
