import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AwsAccess } from '../aws/AwsAccess';
import { isAwsError } from '../aws/isAwsError';
import type { LogPosition } from './LogCursor';

/** Some lines, and where to read on after them. */
export interface LogPage {
  events: FilteredLogEvent[];
  position: LogPosition;
}

/**
 * The lines of a CloudWatch Logs group, by time.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export class LogGroup {
  static create(options: {
    aws: AwsAccess;
    accountId: string;
    region: string;
    name: string;
  }): LogGroup {
    return new LogGroup(options);
  }

  private constructor(
    private readonly options: Parameters<typeof LogGroup.create>[0],
  ) {}

  /**
   * The lines from a position on, to before `until`, slice by slice, so that what is done stays done. Times in
   * milliseconds since the epoch.
   */
  async *read(options: {
    position: LogPosition;
    until: number;
    /** Milliseconds. A slice takes a request at least, whatever it has. */
    sliceLength: number;
    signal?: AbortSignal;
  }): AsyncGenerator<LogPage> {
    const { until, sliceLength, signal } = options;
    let { position } = options;
    while (position.from < until) {
      const { from, slice } = position;
      const end = slice?.end ?? Math.min(from + sliceLength, until);
      const pages = this.pages({
        startTime: from,
        endTime: end,
        nextToken: slice?.nextToken,
        signal,
      });
      for await (const { events, nextToken } of pages) {
        position = nextToken
          ? { from, slice: { end, nextToken } }
          : { from: end };
        yield { events, position };
      }
    }
  }

  /** Pages of the lines from `startTime` to before `endTime`. The last one has no token. */
  async *pages(options: {
    startTime: number;
    endTime: number;
    nextToken?: string;
    signal?: AbortSignal;
  }): AsyncGenerator<{ events: FilteredLogEvent[]; nextToken?: string }> {
    let page = await this.#firstPage(options);
    yield page;
    while (page.nextToken) {
      page = await this.#page({ ...options, nextToken: page.nextToken });
      yield page;
    }
  }

  async #firstPage(options: Parameters<LogGroup['pages']>[0]) {
    try {
      return await this.#page(options);
    } catch (error) {
      // A stored token lives for 24 hours. Start the slice again: ids tell the lines that come twice.
      if (options.nextToken && isAwsError(error, 'InvalidParameterException')) {
        return await this.#page({ ...options, nextToken: undefined });
      }
      throw error;
    }
  }

  async #page({
    startTime,
    endTime,
    nextToken,
    signal,
  }: Parameters<LogGroup['pages']>[0]) {
    const { aws, accountId, region, name } = this.options;
    const client = aws.client({
      type: CloudWatchLogsClient,
      accountId,
      region,
      role: 'reader',
    });
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: name,
        startTime,
        // CloudWatch Logs includes the end time.
        endTime: endTime - 1,
        nextToken,
      }),
      { abortSignal: signal },
    );
    return { events: page.events ?? [], nextToken: page.nextToken };
  }
}
