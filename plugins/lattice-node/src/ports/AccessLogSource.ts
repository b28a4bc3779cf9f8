import type { RecordColumns, TextsToKeep } from '@lattice-portal/access-logs';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';

/**
 * One line as it was delivered.
 *
 * @public
 */
export interface AccessLogLine {
  /** Stable identifier of the line in its source: two deliveries with the same id are the same line. */
  id: string;
  /** The line itself. */
  text: string;
  /** Delivery time in milliseconds since the epoch. */
  timestamp: number;
  /** Where it stands, in words: the object, the log stream. */
  place?: string;
  /**
   * Which log it is of, where several are delivered to the source: id of the resource, such as `sn-0123`, or
   * what else keeps them apart. Absent: there is one, or it can't be told.
   */
  log?: string;
  /** Why it can't be read, where the source knows that: it is kept aside. `text` is what there is of it. */
  aside?: string;
}

/**
 * How far an object of a source, such as a file in S3, has been read.
 *
 * @public
 */
export interface AccessLogObject {
  key: string;
  /** Tells whether an object of this key is still the same. */
  etag: string;
  /** Milliseconds since the epoch: when it was delivered. */
  timestamp: number;
  /** Bytes of its unpacked text that have been dealt with. */
  readTo: number;
  isComplete: boolean;
}

/**
 * What is known to lie before a source that has a backlog.
 *
 * @public
 */
export interface AccessLogBacklog {
  files: { read: number; total: number };
  /** As they are stored, packed. */
  bytes: { read: number; total: number };
}

/**
 * How the search for what came late, by hours or days, goes. Times in milliseconds since the epoch.
 *
 * @public
 */
export interface AccessLogSweep {
  /** What is searched: files, as in S3, or single lines. */
  of: 'objects' | 'lines';
  startedAt: number;
  /** Absent: it goes on. */
  endedAt?: number;
  /** What was to have been delivered from here on is searched. */
  from: number;
  until: number;
  /** Searched up to here. */
  reached: number;
  /** Late ones that were found and read. */
  found: number;
}

/**
 * Lines read in one go, and the place to read on from. All of it is dealt with together or not at all.
 *
 * @public
 */
export interface AccessLogBatch {
  lines: AccessLogLine[];
  /** Lines that were read and classified already, besides. */
  columns?: RecordColumns;
  /** The source's own affair. Absent: as before. */
  cursor?: string;
  /** ISO 8601: all lines delivered before this time have been read. Absent: as before. */
  readUntil?: string;
  /** The object that the lines are of, read so far. */
  object?: AccessLogObject;
  /** Milliseconds since the epoch: objects delivered before are not asked for again. */
  objectsBefore?: number;
  /** Absent: not known, or nothing to speak of. */
  backlog?: AccessLogBacklog;
  /** Absent: as before. */
  sweep?: AccessLogSweep;
}

/**
 * What is remembered of the objects of a source.
 *
 * @public
 */
export interface AccessLogObjects {
  /** Those that have been read, in part or whole, by key. */
  find(keys: string[]): Promise<Map<string, AccessLogObject>>;
}

/**
 * A place access logs are delivered to, such as a CloudWatch Logs group.
 *
 * @public
 */
export interface AccessLogSource {
  /** Unique: the ARN of the destination, and the resource where a destination is read for each by itself. */
  readonly id: string;
  /** Account whose reader role reads it. */
  readonly accountId: string;
  readonly region: string;
  /**
   * Reads on from the cursor, batch by batch, until the source has nothing more for now. The next batch
   * is made when the last one has been dealt with; whoever stops in between goes on there the next time.
   * Lines may come again after a restart; their ids tell.
   */
  read(options: {
    cursor?: string;
    /** Without a cursor: how far back to start, in milliseconds since the epoch. */
    since: number;
    objects: AccessLogObjects;
    /** Of the lines that come in columns. Default: all. */
    texts?: TextsToKeep;
    /** Ids of the resources whose logs are delivered here, such as `sn-0123`. Default: those of one. */
    resourceIds?: readonly string[];
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch>;
}

/**
 * Makes sources for access-log subscriptions.
 *
 * @public
 */
export interface AccessLogSourceFactory {
  /**
   * The source that has the lines of a subscription. Several subscriptions may have the same: its `id`
   * tells. Absent: this factory doesn't serve that kind of destination.
   */
  create(subscription: AccessLogSubscription): AccessLogSource | undefined;
}
