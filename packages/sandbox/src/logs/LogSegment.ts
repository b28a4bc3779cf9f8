import { appendFileSync, readFileSync } from 'fs';

/** A log event as it is stored. */
export interface StoredEvent {
  eventId: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Milliseconds since the epoch. */
  ingestionTime: number;
  message: string;
  logStreamName: string;
}

/** What a segment knows of one stream. */
export interface StreamStatistics {
  firstEventTimestamp: number;
  lastEventTimestamp: number;
  lastIngestionTime: number;
  storedBytes: number;
}

/**
 * The events of one log group in one hour: a file, and its events in memory while they are in use.
 */
export class LogSegment {
  #events: StoredEvent[] | undefined;
  #streams: Map<string, StreamStatistics> | undefined;

  constructor(
    /** Milliseconds since the epoch at which the hour begins. */
    readonly hour: number,
    /** Absent: the segment lives in memory only. */
    readonly file: string | undefined,
    isNew: boolean,
  ) {
    if (isNew) {
      this.#events = [];
      this.#streams = new Map();
    }
  }

  get isLoaded(): boolean {
    return this.#events !== undefined;
  }

  /** In the order of their timestamps; equal ones in the order they came. */
  events(): StoredEvent[] {
    if (!this.#events) {
      this.#events = readEvents(this.file!);
      this.#streams ??= statisticsOf(this.#events);
    }
    return this.#events;
  }

  streams(): Map<string, StreamStatistics> {
    if (!this.#streams) {
      this.events();
    }
    return this.#streams!;
  }

  append(events: StoredEvent[]): void {
    if (this.file) {
      appendFileSync(
        this.file,
        events.map(event => `${JSON.stringify(event)}\n`).join(''),
      );
    }
    if (this.#events) {
      for (const event of events) {
        insert(this.#events, event);
      }
    }
    if (this.#streams) {
      for (const event of events) {
        count(this.#streams, event);
      }
    }
  }

  /** Forgets the events in memory; they are read from the file when next asked for. */
  unload(): void {
    if (this.file) {
      this.#events = undefined;
    }
  }
}

function readEvents(file: string): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line) {
      insert(events, JSON.parse(line));
    }
  }
  return events;
}

function insert(events: StoredEvent[], event: StoredEvent): void {
  let position = events.length;
  while (position > 0 && events[position - 1].timestamp > event.timestamp) {
    position--;
  }
  if (position === events.length) {
    events.push(event);
  } else {
    events.splice(position, 0, event);
  }
}

function statisticsOf(events: StoredEvent[]): Map<string, StreamStatistics> {
  const streams = new Map<string, StreamStatistics>();
  for (const event of events) {
    count(streams, event);
  }
  return streams;
}

function count(
  streams: Map<string, StreamStatistics>,
  event: StoredEvent,
): void {
  const before = streams.get(event.logStreamName);
  streams.set(event.logStreamName, {
    firstEventTimestamp: Math.min(
      before?.firstEventTimestamp ?? Infinity,
      event.timestamp,
    ),
    lastEventTimestamp: Math.max(
      before?.lastEventTimestamp ?? 0,
      event.timestamp,
    ),
    lastIngestionTime: Math.max(
      before?.lastIngestionTime ?? 0,
      event.ingestionTime,
    ),
    storedBytes: (before?.storedBytes ?? 0) + event.message.length,
  });
}
