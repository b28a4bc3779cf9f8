import { createHash } from 'node:crypto';
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsAccess } from '../aws/AwsAccess';
import type { AccessLogBatch, AccessLogSource } from '../ports/AccessLogSource';
import {
  cursorAfter,
  describeLineSweep,
  sweepFor,
  type SweepWindow,
  sweepWindows,
} from './lineSweep';
import { parseLogCursor, type LogCursor } from './LogCursor';
import { LogGroup } from './LogGroup';
import { SeenLines } from './SeenLines';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The last moments are left for the next time: lines of the same moment may still be on their way. */
const safetyLag = 2 * second;
/** Delivery is best effort and takes minutes: lines may show up with a time that has been read already. */
const lateWindow = 15 * minute;
/** The last part of that window is looked at every time, all of it only every few minutes. */
const shortLateWindow = 30 * second;
const lateInterval = 3 * minute;
/** Lines that are late by less were found in that window, even where it is looked at late. */
const foundSoon = 5 * minute;
/** Ingestion times are not quite the order in which lines become visible. */
const ingestionMargin = minute;
/** So long at a time late lines are searched: new ones don't wait for that. */
const sweepTurn = 5 * second;

/**
 * A CloudWatch Logs group that access logs are delivered to.
 *
 * @remarks
 * Lines are read by their time, from where the last read ended to almost now. Besides, for lines that
 * came late, the last 30 seconds are read again every time, the last 15 minutes every 3 minutes, the last
 * 3 hours every hour, the last 2 days every day, and as far back as lines may be late every half of that
 * time. Lines given before are left out: by id, as long as the same object is used, and after a restart and
 * where it is longer ago by the time CloudWatch Logs took them in. Where several subscriptions deliver to
 * the group, the log stream tells their lines apart: it has events of one source.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogsConcepts.html, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 *
 * @public
 */
export class CloudWatchLogsSource implements AccessLogSource {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  private readonly group: LogGroup;
  private readonly windows: readonly SweepWindow[];
  private readonly now: () => number;
  private readonly seen = new SeenLines();

  static create(options: {
    aws: AwsAccess;
    /** ARN of the log group, without `:*`. */
    destinationArn: string;
    accountId: string;
    region: string;
    logGroupName: string;
    /** Milliseconds that a line may come late by. */
    lateFor: number;
    now?: () => number;
  }): CloudWatchLogsSource {
    return new CloudWatchLogsSource(options);
  }

  private constructor(
    options: Parameters<typeof CloudWatchLogsSource.create>[0],
  ) {
    const { aws, accountId, region, logGroupName: name } = options;
    this.id = options.destinationArn;
    this.accountId = accountId;
    this.region = region;
    this.group = LogGroup.create({ aws, accountId, region, name });
    this.windows = sweepWindows(options.lateFor);
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
      // Not only at the end: a backlog has many times the lines that are to be known.
      if (batch.readUntil) {
        this.seen.forgetBefore(Date.parse(batch.readUntil) - lateWindow);
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
    const stored = this.parseCursor(options.cursor);
    let cursor = stored ?? this.firstCursor(Math.min(options.since, until));
    if (!stored) {
      // Where reading begins stays the same, however long the first call fails.
      yield toBatch([], cursor, resourceIds);
    }

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
    const { from, slice } = cursor;
    const position = { from, slice };
    const sliceLength = hour;
    const pages = this.group.read({ position, until, sliceLength, signal });
    for await (const page of pages) {
      cursor = { ...cursor, slice: undefined, ...page.position };
      yield toBatch(page.events, cursor, resourceIds);
    }
    yield* this.sweep({ cursor, resourceIds, signal });
  }

  private parseCursor(text: string | undefined): LogCursor | undefined {
    const windows = this.windows.length;
    return text ? parseLogCursor(text, { windows }) : undefined;
  }

  private firstCursor(since: number): LogCursor {
    const start = Math.floor(since);
    const sweptAt = this.windows.map(() => this.now());
    return { start, from: start, sweptAt };
  }

  /** The window before the cursor once more, without what has been given before. */
  private async *readLate(options: {
    cursor: LogCursor;
    window: number;
    resourceIds: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch> {
    const { cursor, window, resourceIds, signal } = options;
    const pages = this.group.pages({
      startTime: Math.max(0, cursor.from - window),
      endTime: cursor.from,
      signal,
    });
    for await (const { events } of pages) {
      const late = this.notGiven(events, cursor.lateReadAt ?? 0);
      if (late.length > 0) {
        yield toBatch(late, cursor, resourceIds);
      }
    }
  }

  /** Searches for lines that came later still, for a while. The next read goes on there. */
  private async *sweep(options: {
    cursor: LogCursor;
    resourceIds: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch> {
    const { cursor, resourceIds, signal } = options;
    const now = this.now();
    const delay = partOf(this.id) / 4;
    let sweep = sweepFor({ cursor, windows: this.windows, delay, now });
    if (!sweep) {
      return;
    }
    const { window, position, until } = sweep;
    const sweptAt = cursor.sweptAt[window];
    const sliceLength = 24 * hour;
    const pages = this.group.read({ position, until, sliceLength, signal });
    for await (const page of pages) {
      const late = this.notGiven(page.events.filter(isLate), sweptAt);
      // Others are given again to be safe: most of them have been given.
      const since = late.filter(event => ingestedAt(event) >= sweptAt);
      const found: number = sweep.found + since.length;
      sweep = { ...sweep, found, position: page.position };
      yield {
        ...toBatch(late, { ...cursor, sweep }, resourceIds),
        sweep: describeLineSweep(sweep),
      };
      if (this.now() - now >= sweepTurn) {
        return;
      }
    }
    yield {
      ...toBatch([], cursorAfter(cursor, sweep), resourceIds),
      sweep: describeLineSweep(sweep, this.now()),
    };
  }

  /** The lines that may not have been given yet, when all were that CloudWatch Logs had at some time. */
  private notGiven(
    events: FilteredLogEvent[],
    givenUntil: number,
  ): FilteredLogEvent[] {
    const ingestedFrom = givenUntil - ingestionMargin;
    return events.filter(
      event =>
        !this.seen.has(lineId(event), event.timestamp ?? 0) &&
        ingestedAt(event) >= ingestedFrom,
    );
  }
}

/** Whether a line came so late that it may have been missed so far. */
function isLate(event: FilteredLogEvent): boolean {
  return ingestedAt(event) - (event.timestamp ?? 0) >= foundSoon;
}

/** Where it is not told, it may be now. */
function ingestedAt({ ingestionTime }: FilteredLogEvent): number {
  return ingestionTime ?? Number.POSITIVE_INFINITY;
}

/** A number from 0 to 1 that goes by an id: not all of many log groups are to be searched at once. */
function partOf(id: string): number {
  const hash = createHash('sha256').update(id).digest();
  return hash.readUInt32BE() / 2 ** 32;
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
