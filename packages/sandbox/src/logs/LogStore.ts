import { mkdirSync, promises as fs, rmSync } from 'fs';
import { join } from 'path';
import { randomInt } from 'crypto';
import { LogSegment, StoredEvent, StreamStatistics } from './LogSegment';
import { compileFilterPattern } from './filterPattern';

const HOUR = 3_600_000;
/** Hours of one group that stay in memory after they were read. */
const LOADED_SEGMENTS = 3;
/** Events one call looks at before it answers with a token, as CloudWatch Logs does too. */
const SCAN_LIMIT = 50_000;

/** What to look for in a log group. @public */
export interface FilterLogsOptions {
  /** ARN without the trailing `:*`. */
  logGroupArn: string;
  /** Milliseconds since the epoch, inclusive. */
  startTime?: number;
  /** Milliseconds since the epoch, inclusive. */
  endTime?: number;
  logStreamNamePrefix?: string;
  logStreamNames?: string[];
  /** In the syntax of CloudWatch Logs. */
  filterPattern?: string;
  limit: number;
  nextToken?: string;
}

/**
 * The events of CloudWatch log groups: NDJSON files per group and hour below a directory, or only in
 * memory when no directory is given. Which groups there are, and whose, is part of the estate.
 *
 * @public
 */
export class LogStore {
  static async open(options: { directory?: string }): Promise<LogStore> {
    const store = new LogStore(options.directory);
    if (options.directory) {
      await fs.mkdir(options.directory, { recursive: true });
      for (const group of await fs.readdir(options.directory)) {
        const directory = join(options.directory, group);
        const segments = new Map<number, LogSegment>();
        for (const name of await fs.readdir(directory)) {
          const hour = Date.parse(`${name.slice(0, 13)}:00:00Z`);
          const file = join(directory, name);
          await dropTornLine(file);
          segments.set(hour, new LogSegment(hour, file, false));
        }
        store.#groups.set(decodeURIComponent(group), segments);
      }
    }
    return store;
  }

  readonly #groups = new Map<string, Map<number, LogSegment>>();
  /** Makes event ids unique over restarts. */
  readonly #run = String(randomInt(1e12)).padStart(12, '0');
  #sequence = 0;

  private constructor(private readonly directory: string | undefined) {}

  /** Appends events; they are on disk when this returns. */
  put(options: {
    logGroupArn: string;
    logStreamName: string;
    events: { timestamp: number; message: string }[];
    ingestionTime: number;
  }): void {
    const { logGroupArn, logStreamName, ingestionTime } = options;
    const byHour = new Map<number, StoredEvent[]>();
    for (const { timestamp, message } of options.events) {
      const hour = Math.floor(timestamp / HOUR) * HOUR;
      const events = byHour.get(hour) ?? [];
      byHour.set(hour, events);
      const eventId = this.#eventId(timestamp, ingestionTime);
      events.push({
        eventId,
        timestamp,
        ingestionTime,
        message,
        logStreamName,
      });
    }
    for (const [hour, events] of byHour) {
      this.#segment(logGroupArn, hour).append(events);
    }
    this.#unload(logGroupArn);
  }

  /** Events in the order of their timestamps, with a token when there may be more. */
  filter(options: FilterLogsOptions): {
    events: StoredEvent[];
    nextToken?: string;
  } {
    const { startTime = 0, endTime = Infinity, limit } = options;
    const matches = compileFilterPattern(options.filterPattern ?? '');
    const names = options.logStreamNames && new Set(options.logStreamNames);
    const prefix = options.logStreamNamePrefix ?? '';
    const position = parseToken(options.nextToken);
    const from = Math.max(startTime, position?.timestamp ?? 0);
    const found: StoredEvent[] = [];
    let scanned = 0;
    for (const segment of this.#segments(options.logGroupArn)) {
      if (segment.hour + HOUR <= from || segment.hour > endTime) {
        continue;
      }
      const events = segment.events();
      let index = firstAtOrAfter(events, from);
      if (position && segment.hour <= position.timestamp) {
        const after = events.findIndex(
          event => event.eventId === position.eventId,
        );
        index = after < 0 ? index : after + 1;
      }
      for (; index < events.length; index++) {
        const event = events[index];
        if (event.timestamp > endTime) {
          break;
        }
        scanned++;
        if (
          event.logStreamName.startsWith(prefix) &&
          (!names || names.has(event.logStreamName)) &&
          matches(event.message)
        ) {
          found.push(event);
        }
        if (found.length >= limit || scanned >= SCAN_LIMIT) {
          this.#unload(options.logGroupArn);
          return { events: found, nextToken: tokenOf(event) };
        }
      }
    }
    this.#unload(options.logGroupArn);
    return { events: found };
  }

  /** A token that goes on after the last of these events. */
  tokenAfter(events: StoredEvent[]): string {
    return tokenOf(events[events.length - 1]);
  }

  /** The streams of a group that hold events, by name. */
  streams(
    logGroupArn: string,
  ): ({ logStreamName: string } & StreamStatistics)[] {
    const streams = new Map<string, StreamStatistics>();
    for (const segment of this.#segments(logGroupArn)) {
      for (const [name, statistics] of segment.streams()) {
        const before = streams.get(name);
        streams.set(
          name,
          before
            ? {
                firstEventTimestamp: before.firstEventTimestamp,
                lastEventTimestamp: statistics.lastEventTimestamp,
                lastIngestionTime: Math.max(
                  before.lastIngestionTime,
                  statistics.lastIngestionTime,
                ),
                storedBytes: before.storedBytes + statistics.storedBytes,
              }
            : statistics,
        );
      }
    }
    this.#unload(logGroupArn);
    return [...streams.entries()]
      .map(([logStreamName, statistics]) => ({ logStreamName, ...statistics }))
      .sort((a, b) => (a.logStreamName < b.logStreamName ? -1 : 1));
  }

  /** Drops whole hours that ended before this time, in milliseconds since the epoch. */
  dropOlderThan(time: number): void {
    for (const segments of this.#groups.values()) {
      for (const segment of [...segments.values()]) {
        if (segment.hour + HOUR <= time) {
          segments.delete(segment.hour);
          if (segment.file) {
            rmSync(segment.file, { force: true });
          }
        }
      }
    }
  }

  /** Drops all events of a group. */
  deleteGroup(logGroupArn: string): void {
    this.#groups.delete(logGroupArn);
    if (this.directory) {
      rmSync(this.#groupDirectory(logGroupArn), {
        recursive: true,
        force: true,
      });
    }
  }

  async close(): Promise<void> {
    this.#groups.clear();
  }

  #groupDirectory(logGroupArn: string): string {
    return join(this.directory!, encodeURIComponent(logGroupArn));
  }

  #segments(logGroupArn: string): LogSegment[] {
    const segments = this.#groups.get(logGroupArn)?.values() ?? [];
    return [...segments].sort((a, b) => a.hour - b.hour);
  }

  #segment(logGroupArn: string, hour: number): LogSegment {
    let segments = this.#groups.get(logGroupArn);
    if (!segments) {
      segments = new Map();
      this.#groups.set(logGroupArn, segments);
      if (this.directory) {
        mkdirSync(this.#groupDirectory(logGroupArn), { recursive: true });
      }
    }
    let segment = segments.get(hour);
    if (!segment) {
      const name = `${new Date(hour).toISOString().slice(0, 13)}.ndjson`;
      const file =
        this.directory && join(this.#groupDirectory(logGroupArn), name);
      segment = new LogSegment(hour, file, true);
      segments.set(hour, segment);
    }
    return segment;
  }

  #unload(logGroupArn: string): void {
    const loaded = this.#segments(logGroupArn).filter(
      segment => segment.isLoaded,
    );
    for (const segment of loaded.slice(0, -LOADED_SEGMENTS)) {
      segment.unload();
    }
  }

  /** 56 digits that grow with the timestamp, as CloudWatch Logs writes them. */
  #eventId(timestamp: number, ingestionTime: number): string {
    this.#sequence++;
    const digits = (value: number, length: number) =>
      String(value).padStart(length, '0');
    return `${digits(timestamp, 13)}${digits(ingestionTime, 13)}${
      this.#run
    }${digits(this.#sequence, 18)}`;
  }
}

/** Half a line at the end was cut off by a crash: its events were never acknowledged. */
async function dropTornLine(file: string): Promise<void> {
  const { size } = await fs.stat(file);
  const handle = await fs.open(file, 'r+');
  try {
    const last = Buffer.alloc(1);
    await handle.read(last, 0, 1, Math.max(0, size - 1));
    if (size > 0 && last.toString() !== '\n') {
      const content = await fs.readFile(file);
      await handle.truncate(content.lastIndexOf('\n') + 1);
    }
  } finally {
    await handle.close();
  }
}

function firstAtOrAfter(events: StoredEvent[], time: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle].timestamp < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function tokenOf(event: StoredEvent): string {
  return Buffer.from(`${event.timestamp}/${event.eventId}`).toString(
    'base64url',
  );
}

/** A token that isn't one of ours reads as none; callers check it first. */
function parseToken(
  token: string | undefined,
): { timestamp: number; eventId: string } | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(
    Buffer.from(token ?? '', 'base64url').toString(),
  );
  return match ? { timestamp: Number(match[1]), eventId: match[2] } : undefined;
}
