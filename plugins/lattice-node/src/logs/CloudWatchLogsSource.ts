import { createHash } from 'node:crypto';
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AwsAccess } from '../aws/AwsAccess';
import { isAwsError } from '../aws/isAwsError';
import type { AccessLogBatch, AccessLogSource } from '../ports/AccessLogSource';
import { parseLogCursor, type LogCursor } from './LogCursor';
import { SeenLines } from './SeenLines';

const second = 1000;
const minute = 60 * second;

/** The last moments are left for the next time: lines of the same moment may still be on their way. */
const safetyLag = 2 * second;
/** A backlog is read hour by hour, so that what is done stays done. */
const sliceLength = 60 * minute;
/** Delivery is best effort and takes minutes: lines may show up with a time that has been read already. */
const lateWindow = 15 * minute;
/** The last part of that window is looked at every time, all of it only every few minutes. */
const shortLateWindow = 30 * second;
const lateInterval = 3 * minute;
/** Ingestion times are not quite the order in which lines become visible. */
const ingestionMargin = minute;

/**
 * A CloudWatch Logs group that access logs are delivered to.
 *
 * @remarks
 * Lines are read by their time, from where the last read ended to almost now. Besides, for lines that
 * came late, the last 30 seconds are read again every time and the last 15 minutes every 3 minutes. Lines
 * given before are left out: by id, as long as the same object is used, and after a restart by the time
 * CloudWatch Logs took them in. Where several subscriptions deliver to the group, the log stream tells their
 * lines apart: it has events of one source.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogsConcepts.html, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 *
 * @public
 */
export class CloudWatchLogsSource implements AccessLogSource {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  private readonly aws: AwsAccess;
  private readonly logGroupName: string;
  private readonly now: () => number;
  private readonly seen = new SeenLines();

  static create(options: {
    aws: AwsAccess;
    /** ARN of the log group, without `:*`. */
    destinationArn: string;
    accountId: string;
    region: string;
    logGroupName: string;
    now?: () => number;
  }): CloudWatchLogsSource {
    return new CloudWatchLogsSource(options);
  }

  private constructor(
    options: Parameters<typeof CloudWatchLogsSource.create>[0],
  ) {
    this.aws = options.aws;
    this.id = options.destinationArn;
    this.accountId = options.accountId;
    this.region = options.region;
    this.logGroupName = options.logGroupName;
    this.now = options.now ?? Date.now;
  }

  async *read(options: {
    cursor?: string;
    since: number;
    resourceIds?: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch> {
    for await (const batch of this.readBatches(options)) {
      yield batch;
      // Whoever reads comes back once the batch is dealt with. A batch that failed has to come again.
      for (const { id, timestamp } of batch.lines) {
        this.seen.add(id, timestamp);
      }
    }
  }

  private async *readBatches(options: {
    cursor?: string;
    since: number;
    resourceIds?: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch> {
    const { resourceIds = [], signal } = options;
    const startedAt = this.now();
    const until = startedAt - safetyLag;
    const stored = options.cursor ? parseLogCursor(options.cursor) : undefined;
    let cursor = stored ?? { from: Math.floor(Math.min(options.since, until)) };

    const { lateReadAt } = cursor;
    const isDue =
      lateReadAt === undefined || startedAt - lateReadAt >= lateInterval;
    if (lateReadAt !== undefined) {
      const window = isDue ? lateWindow : shortLateWindow;
      yield* this.readLate({ cursor, window, resourceIds, signal });
    }
    if (isDue) {
      cursor = { ...cursor, lateReadAt: startedAt };
    }
    while (cursor.from < until) {
      for await (const page of this.readSlice({ cursor, until, signal })) {
        cursor = page.cursor;
        yield toBatch(page.events, cursor, resourceIds);
      }
    }
    this.seen.forgetBefore(cursor.from - lateWindow);
  }

  /** The window before the cursor once more, without what has been given before. */
  private async *readLate(options: {
    cursor: LogCursor;
    window: number;
    resourceIds: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch> {
    const { cursor, window, resourceIds, signal } = options;
    const seenUntil = (cursor.lateReadAt ?? 0) - ingestionMargin;
    const pages = this.pages({
      startTime: Math.max(0, cursor.from - window),
      endTime: cursor.from,
      signal,
    });
    for await (const { events } of pages) {
      const late = events.filter(
        event =>
          !this.seen.has(lineId(event)) &&
          (event.ingestionTime ?? Number.POSITIVE_INFINITY) >= seenUntil,
      );
      if (late.length > 0) {
        yield toBatch(late, cursor, resourceIds);
      }
    }
  }

  private async *readSlice(options: {
    cursor: LogCursor;
    until: number;
    signal?: AbortSignal;
  }): AsyncIterable<{ events: FilteredLogEvent[]; cursor: LogCursor }> {
    const { cursor, until, signal } = options;
    const { from, lateReadAt, slice } = cursor;
    const end = slice?.end ?? Math.min(from + sliceLength, until);
    const pages = this.pages({
      startTime: from,
      endTime: end,
      nextToken: slice?.nextToken,
      signal,
    });
    for await (const { events, nextToken } of pages) {
      if (!nextToken) {
        yield { events, cursor: { from: end, lateReadAt } };
      } else if (events.length > 0) {
        const rest = { end, nextToken };
        yield { events, cursor: { from, lateReadAt, slice: rest } };
      }
    }
  }

  /** Pages of the lines from `startTime` to before `endTime`. The last one has no token. */
  private async *pages(options: {
    startTime: number;
    endTime: number;
    nextToken?: string;
    signal?: AbortSignal;
  }): AsyncIterable<{ events: FilteredLogEvent[]; nextToken?: string }> {
    const { startTime, endTime, signal } = options;
    let page = await this.firstPage(options);
    yield page;
    while (page.nextToken) {
      const { nextToken } = page;
      page = await this.page({ startTime, endTime, nextToken, signal });
      yield page;
    }
  }

  private async firstPage(options: {
    startTime: number;
    endTime: number;
    nextToken?: string;
    signal?: AbortSignal;
  }) {
    try {
      return await this.page(options);
    } catch (error) {
      // A stored token lives for 24 hours. Start the slice again: ids tell the lines that come twice.
      if (options.nextToken && isAwsError(error, 'InvalidParameterException')) {
        return await this.page({ ...options, nextToken: undefined });
      }
      throw error;
    }
  }

  private async page(options: {
    startTime: number;
    endTime: number;
    nextToken?: string;
    signal?: AbortSignal;
  }): Promise<{ events: FilteredLogEvent[]; nextToken?: string }> {
    const { startTime, endTime, nextToken, signal } = options;
    const { accountId, region, logGroupName } = this;
    const client = this.aws.client({
      type: CloudWatchLogsClient,
      accountId,
      region,
      role: 'reader',
    });
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName,
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

function lineId(event: FilteredLogEvent): string {
  return (
    event.eventId ??
    createHash('sha256')
      .update(
        JSON.stringify([event.logStreamName, event.timestamp, event.message]),
      )
      .digest('hex')
  );
}

function toBatch(
  events: FilteredLogEvent[],
  cursor: LogCursor,
  resourceIds: readonly string[],
): AccessLogBatch {
  return {
    lines: events.map(event => ({
      id: lineId(event),
      place: event.logStreamName,
      log: logOf(event.logStreamName, resourceIds),
      text: event.message ?? '',
      timestamp: event.timestamp ?? 0,
    })),
    cursor: JSON.stringify(cursor),
    readUntil: new Date(cursor.from).toISOString(),
  };
}

/** Names of log streams are not documented: one that has the id of one of the resources is that one's. */
function logOf(
  logStreamName: string | undefined,
  resourceIds: readonly string[],
): string | undefined {
  if (resourceIds.length < 2) {
    return undefined;
  }
  const named = resourceIds.filter(id => logStreamName?.includes(id));
  return named.length === 1 ? named[0] : logStreamName;
}
