import type { LogSourceStatus } from '@lattice-portal/plugin-lattice-common';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import type { PreparedLine } from '../ingest/prepareLines';

/**
 * Where a log source stands.
 */
export interface StoredLogSource {
  number: number;
  /** ARN of the destination. */
  id: string;
  cursor?: string;
}

/**
 * A log source with its counters. A line counts when it is first read: one that is merely read again, as
 * its id tells, doesn't. Lines read = stored + duplicates + twins + unparsed.
 */
export interface LogSourceCounters extends LogSourceStatus {
  stored: number;
  duplicates: number;
  twins: number;
}

/**
 * Takes in access log lines, each exactly once.
 */
export interface AccessLogStore {
  /** Makes a source known and says where it stands. */
  ensureSource(options: {
    id: string;
    accountId: string;
    region: string;
    status: 'waiting' | 'unsupported';
  }): Promise<StoredLogSource>;

  /**
   * Stores lines and where to read on, in one transaction.
   *
   * @param options - `cursor` and `readUntil` absent: more lines of the same batch follow
   */
  store(options: {
    sourceNumber: number;
    lines: PreparedLine[];
    watches: AccessWatch[];
    cursor?: string;
    /** Milliseconds since the epoch. */
    readUntil?: number;
  }): Promise<void>;

  saveFailure(options: {
    sourceNumber: number;
    message: string;
    at: number;
  }): Promise<void>;

  sources(): Promise<LogSourceCounters[]>;

  /** Forgets what is older than these times, in milliseconds since the epoch. */
  prune(options: { recordsBefore: number; keysBefore: number }): Promise<void>;
}
