import type { ColumnsReader } from '@lattice-portal/access-logs';
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
import { LogBucket } from './LogBucket';
import { LogBucketClient } from './LogBucketClient';
import { ObjectLogSource } from './ObjectLogSource';
import { VpcLatticeLayout } from './VpcLatticeLayout';

/** Makes sources for subscriptions that deliver to S3: one for each, as each has folders of its own. */
export class S3LogsSourceFactory implements AccessLogSourceFactory {
  static create(options: {
    aws: AwsAccess;
    owners: BucketOwners;
    reader: ColumnsReader;
    interval: number;
    lateFor: number;
    now: () => number;
  }): S3LogsSourceFactory {
    return new S3LogsSourceFactory(options);
  }

  private constructor(
    private readonly options: Parameters<typeof S3LogsSourceFactory.create>[0],
  ) {}

  create(subscription: AccessLogSubscription): AccessLogSource | undefined {
    const { destinationArn, accountId, region } = subscription;
    const arn = parseArn(destinationArn);
    const resourceId = subscription.resourceArn.split('/').pop() ?? '';
    if (arn?.service !== 's3' || !arn.resource || !resourceId) {
      return undefined;
    }
    const [name, ...prefix] = arn.resource
      .split('/')
      .filter(part => part !== '' && part !== '*');
    const kind =
      subscription.serviceNetworkLogType === 'RESOURCE' ||
      resourceId.startsWith('rcfg-')
        ? 'ResourceAccessLogs'
        : 'AccessLogs';
    const layout = new VpcLatticeLayout({
      prefix: prefix.join('/'),
      accountId,
      region,
      resourceId,
      kind,
    });
    const { aws, owners, reader, interval, lateFor, now } = this.options;
    return ObjectLogSource.create({
      id: `${destinationArn} ${kind} of ${resourceId}`,
      accountId,
      region,
      interval,
      lateFor,
      reader,
      now,
      place: async () => {
        const client = aws.client({
          type: LogBucketClient,
          accountId: await owners.find({ bucket: name, accountId }),
          region,
          role: 'reader',
        });
        return { bucket: new LogBucket({ name, client }), layout };
      },
    });
  }
}
