import type { RecordColumns } from '@lattice-portal/access-logs';
import type {
  AccessLogSubscription,
  LogSource,
  RecordSinkStatus,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogObject,
  AccessLogObjects,
  AccessLogSweep,
} from '@lattice-portal/plugin-lattice-node';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import type { SourceProgress } from '../ingest/SourceProgress';
import type { LineLogs } from '../ingest/LineLogs';
import type { Lease } from './Lease';

/** A log source with its counters: what a viewer may do with it depends on the viewer. */
export type StoredLogSourceStatus = Omit<LogSource, 'permitted'>;

/**
 * Where a log source stands.
 */
export interface StoredLogSource {
  number: number;
  id: string;
  cursor?: string;
  isPaused: boolean;
  /** Milliseconds since the epoch: when it was read last. Absent: never. */
  readUntil?: number;
}

/**
 * A log source that no subscription delivers to any more, and that has not been read to its end.
 */
export interface EndedLogSource extends StoredLogSource {
  /** The subscriptions that did. */
  deliveredBy: AccessLogSubscription[];
}

/**
 * A line that was kept aside.
 */
export interface StoredUnparsedLine {
  id: string;
  sourceId: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  place?: string;
  reason: string;
  text: string;
}

/**
 * Takes in access log lines, each exactly once.
 */
export interface IngestStore {
  /** The right to take lines in. Absent while another process has it. */
  takeLease(): Promise<Lease | undefined>;

  /**
   * Makes a source known and says where it stands.
   *
   * @param options - `subscriptions`: how many, of different resources, deliver there. Default: 1.
   * `deliveredBy`: those, to go on with once they have ended. Default: none
   */
  ensureSource(options: {
    id: string;
    subscriptions?: number;
    deliveredBy?: readonly AccessLogSubscription[];
    accountId: string;
    region: string;
    status: 'waiting' | 'unsupported';
  }): Promise<StoredLogSource>;

  /**
   * Notes which sources no subscription delivers to any more. They are kept, with what came of them.
   *
   * @param options - `subscribed`: ids of those that one does; `at` in milliseconds since the epoch
   */
  noteEnded(options: { subscribed: string[]; at: number }): Promise<void>;

  /**
   * Sources that have ended, but were not read to when the last of it had been delivered.
   *
   * @param options - `failingSince`: milliseconds since the epoch. Those that ended before and can't be read
   * are given up
   */
  endedSources(options: { failingSince: number }): Promise<EndedLogSource[]>;

  /** Notes that an ended source can't be read any more, as there is nothing left. */
  noteGone(options: { sourceNumber: number }): Promise<void>;

  /** What was read of the objects of a source. */
  objectsOf(sourceNumber: number): AccessLogObjects;

  /**
   * Stores lines and where to read on, in one transaction. A line counts when it is first read: one that
   * is merely read again, as its id tells, doesn't.
   *
   * @param options - `cursor`, `readUntil` and `objects` absent: as before. `readFrom`: where reading began,
   * which counts the first time. `objectsBefore`: objects delivered before are forgotten
   * @returns whether somebody has paused the source
   * @throws ConflictError if the lease is lost; then nothing is stored
   */
  store(options: {
    lease: Lease;
    source: { number: number; id: string };
    columns: readonly RecordColumns[];
    /** Of each of the columns, as far as the source tells. */
    logs?: readonly (LineLogs | undefined)[];
    /** Ids of the resources whose logs are delivered to the source. */
    resourceIds?: readonly string[];
    watches: AccessWatch[];
    cursor?: string;
    /** Milliseconds since the epoch. */
    readFrom?: number;
    /** Milliseconds since the epoch. */
    readUntil?: number;
    /** As far as they have been read now. */
    objects?: AccessLogObject[];
    /** Milliseconds since the epoch. */
    objectsBefore?: number;
    progress?: SourceProgress;
    /** Absent: as before. */
    sweep?: AccessLogSweep;
  }): Promise<{ isPaused: boolean }>;

  /**
   * Tells the record sinks of hours that have been read to their end, so that those without calls are not
   * taken for unknown.
   *
   * @param options - `sourceNumbers`: all sources that there are
   * @throws ConflictError if the lease is lost
   */
  noteHoursRead(options: {
    lease: Lease;
    sourceNumbers: number[];
  }): Promise<void>;

  saveFailure(options: {
    sourceNumber: number;
    message: string;
    at: number;
  }): Promise<void>;

  sources(): Promise<StoredLogSourceStatus[]>;

  /** How the handing over of records to the record sinks goes. */
  recordSinks(): Promise<RecordSinkStatus[]>;

  /**
   * Stops the reading of a source, or lets it go on.
   *
   * @param options - `paused` absent: go on
   * @returns whether there is such a source
   */
  setPaused(options: {
    sourceNumber: number;
    paused?: { by: string; at: number };
  }): Promise<boolean>;

  /** Newest first; `after`: what the last page ended with. */
  unparsedLines(options: {
    sourceNumber?: number;
    after?: { timestamp: number; id: string };
    limit: number;
  }): Promise<StoredUnparsedLine[]>;
}
