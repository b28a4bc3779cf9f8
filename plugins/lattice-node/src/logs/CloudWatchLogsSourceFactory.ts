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
    /** Milliseconds that a line may come late by. */
    lateFor: number;
    now?: () => number;
  }): CloudWatchLogsSourceFactory {
    return new CloudWatchLogsSourceFactory(options);
  }

  private constructor(
    private readonly options: Parameters<
      typeof CloudWatchLogsSourceFactory.create
    >[0],
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
    return CloudWatchLogsSource.create({
      ...this.options,
      destinationArn,
      accountId,
      region,
      logGroupName,
    });
  }
}
