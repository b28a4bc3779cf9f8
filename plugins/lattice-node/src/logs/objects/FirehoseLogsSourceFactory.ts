import type { ColumnsReader } from '@lattice-portal/access-logs';
import {
  DescribeDeliveryStreamCommand,
  type DestinationDescription,
  FirehoseClient,
} from '@aws-sdk/client-firehose';
import { NotImplementedError } from '@backstage/errors';
import {
  type AccessLogSubscription,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '../../aws/AwsAccess';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '../../ports/AccessLogSource';
import type { BucketOwners } from './BucketOwners';
import { FirehoseLayout } from './FirehoseLayout';
import { LogBucket } from './LogBucket';
import { LogBucketClient } from './LogBucketClient';
import { ObjectLogSource } from './ObjectLogSource';
import type { ObjectPlace } from './ObjectPlace';

/**
 * Makes sources for subscriptions that deliver to Amazon Data Firehose: what is read is the bucket that
 * the stream writes to. Subscriptions of the same stream have the same source.
 */
export class FirehoseLogsSourceFactory implements AccessLogSourceFactory {
  static create(options: {
    aws: AwsAccess;
    owners: BucketOwners;
    reader: ColumnsReader;
    interval: number;
    lateFor: number;
    now: () => number;
  }): FirehoseLogsSourceFactory {
    return new FirehoseLogsSourceFactory(options);
  }

  private constructor(
    private readonly options: Parameters<
      typeof FirehoseLogsSourceFactory.create
    >[0],
  ) {}

  create(subscription: AccessLogSubscription): AccessLogSource | undefined {
    const { destinationArn } = subscription;
    const arn = parseArn(destinationArn);
    const streamName = arn?.resource.match(/^deliverystream\/(.+)$/)?.[1];
    if (arn?.service !== 'firehose' || !streamName) {
      return undefined;
    }
    const { accountId, region } = arn;
    const { reader, interval, lateFor, now } = this.options;
    return ObjectLogSource.create({
      id: destinationArn,
      accountId,
      region,
      interval,
      lateFor,
      reader,
      now,
      place: () => this.#place({ accountId, region, streamName }),
    });
  }

  async #place(options: {
    accountId: string;
    region: string;
    streamName: string;
  }): Promise<ObjectPlace> {
    const { accountId, region, streamName } = options;
    const { aws, owners } = this.options;
    const client = aws.client({
      type: FirehoseClient,
      accountId,
      region,
      role: 'reader',
    });
    const { DeliveryStreamDescription: stream } = await client.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: streamName }),
    );
    const destination = s3Of(stream?.Destinations?.[0], streamName);
    return {
      bucket: new LogBucket({
        name: destination.bucket,
        client: aws.client({
          type: LogBucketClient,
          accountId: await owners.find({
            bucket: destination.bucket,
            accountId,
          }),
          region,
          role: 'reader',
        }),
      }),
      layout: new FirehoseLayout({ streamName, ...destination }),
    };
  }
}

/** @throws NotImplementedError that says what about the stream can't be read */
function s3Of(
  destination: DestinationDescription | undefined,
  streamName: string,
) {
  const extended = destination?.ExtendedS3DestinationDescription;
  const description = extended ?? destination?.S3DestinationDescription;
  const bucket = description?.BucketARN?.split(':::')[1];
  if (!description || !bucket) {
    throw new NotImplementedError(
      `Firehose ${streamName} does not deliver to S3: only S3 can be read`,
    );
  }
  const { CompressionFormat: packing = 'UNCOMPRESSED' } = description;
  if (!['UNCOMPRESSED', 'GZIP'].includes(packing)) {
    throw new NotImplementedError(
      `Firehose ${streamName} packs by ${packing}: only GZIP and UNCOMPRESSED can be read`,
    );
  }
  if (extended?.DataFormatConversionConfiguration?.Enabled) {
    throw new NotImplementedError(
      `Firehose ${streamName} converts records to another format: only JSON can be read`,
    );
  }
  return {
    bucket,
    prefix: description.Prefix,
    errorPrefix: description.ErrorOutputPrefix,
    timeZone: extended?.CustomTimeZone,
  };
}
