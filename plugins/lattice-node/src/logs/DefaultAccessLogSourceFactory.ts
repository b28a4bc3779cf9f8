import { ColumnsReader } from '@lattice-portal/access-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '../aws/AwsAccess';
import type { LatticeConfig } from '../config/LatticeConfig';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '../ports/AccessLogSource';
import { CloudWatchLogsSourceFactory } from './CloudWatchLogsSourceFactory';
import { BucketOwners } from './objects/BucketOwners';
import { FirehoseLogsSourceFactory } from './objects/FirehoseLogsSourceFactory';
import { S3LogsSourceFactory } from './objects/S3LogsSourceFactory';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes sources for every destination that VPC Lattice delivers to: CloudWatch Logs groups, S3 buckets,
 * and Amazon Data Firehose streams that write to S3.
 *
 * @public
 */
export class DefaultAccessLogSourceFactory implements AccessLogSourceFactory {
  static create(options: {
    aws: AwsAccess;
    config: LatticeConfig;
    now?: () => number;
    /** Milliseconds between two listings of a bucket from which everything is read. Default: a minute. */
    listingInterval?: number;
  }): DefaultAccessLogSourceFactory {
    const { aws, config, now = Date.now, listingInterval = 60_000 } = options;
    const owners = BucketOwners.create({ aws, config, now });
    const reader = ColumnsReader.create();
    const lateFor = config.accessLogs.lateDays * DAY;
    const objects = {
      aws,
      owners,
      reader,
      interval: listingInterval,
      lateFor,
      now,
    };
    return new DefaultAccessLogSourceFactory([
      CloudWatchLogsSourceFactory.create({ aws, lateFor, now }),
      S3LogsSourceFactory.create(objects),
      FirehoseLogsSourceFactory.create(objects),
    ]);
  }

  private constructor(private readonly factories: AccessLogSourceFactory[]) {}

  create(subscription: AccessLogSubscription): AccessLogSource | undefined {
    for (const factory of this.factories) {
      const source = factory.create(subscription);
      if (source) {
        return source;
      }
    }
    return undefined;
  }
}
