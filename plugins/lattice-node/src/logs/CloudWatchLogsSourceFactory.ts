import type { AwsAccess } from '../aws/AwsAccess';
import {
  type AccessLogSubscription,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '../ports/AccessLogSource';
import { CloudWatchLogsSource } from './CloudWatchLogsSource';

/**
 * Makes sources for destinations that are CloudWatch Logs groups.
 *
 * @public
 */
export class CloudWatchLogsSourceFactory implements AccessLogSourceFactory {
  static create(options: {
    aws: AwsAccess;
    now?: () => number;
  }): CloudWatchLogsSourceFactory {
    return new CloudWatchLogsSourceFactory(options.aws, options.now);
  }

  private constructor(
    private readonly aws: AwsAccess,
    private readonly now?: () => number,
  ) {}

  create(subscription: AccessLogSubscription): AccessLogSource | undefined {
    // A log group's ARN is written with and without `:*` at the end.
    const destinationArn = subscription.destinationArn.replace(/:\*$/, '');
    const arn = parseArn(destinationArn);
    const logGroupName = arn?.resource.match(/^log-group:([^:*]+)$/)?.[1];
    if (arn?.service !== 'logs' || !logGroupName) {
      return undefined;
    }
    const { accountId, region } = arn;
    const { aws, now } = this;
    return CloudWatchLogsSource.create({
      aws,
      destinationArn,
      accountId,
      region,
      logGroupName,
      now,
    });
  }
}
