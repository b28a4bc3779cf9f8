import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { InputError } from '@backstage/errors';
import type { AwsAccess } from '../aws/AwsAccess';
import type { ProxyLogLine, ProxyLogReader } from '../ports/ProxyLogReader';

/** Of one request there are a few lines; whoever chooses ids of their own may bring about many. */
const MOST_LINES = 100;
/** CloudWatch Logs gives pages without lines while it searches. */
const MOST_PAGES = 20;

/**
 * Searches the log groups of proxies in CloudWatch Logs.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 *
 * @public
 */
export class CloudWatchProxyLogReader implements ProxyLogReader {
  static create(options: { aws: AwsAccess }): CloudWatchProxyLogReader {
    return new CloudWatchProxyLogReader(options.aws);
  }

  private constructor(private readonly aws: AwsAccess) {}

  linesOf: ProxyLogReader['linesOf'] = async options => {
    const { group, requestId, from, to, signal } = options;
    const { accountId, region, name } = group;
    const filterPattern = patternOf(requestId);
    const client = this.aws.client({
      type: CloudWatchLogsClient,
      accountId,
      region,
      role: 'reader',
    });
    const lines: ProxyLogLine[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await client.send(
        new FilterLogEventsCommand({
          logGroupName: name,
          filterPattern,
          startTime: from,
          // CloudWatch Logs includes the end time.
          endTime: to - 1,
          nextToken,
        }),
        { abortSignal: signal },
      );
      for (const event of answer.events ?? []) {
        lines.push({
          timestamp: event.timestamp ?? 0,
          stream: event.logStreamName,
          text: event.message ?? '',
        });
      }
      nextToken = answer.nextToken;
      if (!nextToken || lines.length > MOST_LINES) {
        break;
      }
    }
    return {
      lines: lines
        .sort((a, b) => a.timestamp - b.timestamp)
        .slice(0, MOST_LINES),
      isComplete: !nextToken && lines.length <= MOST_LINES,
    };
  };
}

/** A quoted term matches as it is. What would end it, or stand for something else, is not taken. */
function patternOf(requestId: string): string {
  if (!/^[\x20-\x7e]{1,128}$/.test(requestId) || /["\\]/.test(requestId)) {
    throw new InputError(
      'CloudWatch Logs is not asked for this request id: it is longer than 128 characters, or has quotation marks, backslashes or others that are not plain',
    );
  }
  return `"${requestId}"`;
}
