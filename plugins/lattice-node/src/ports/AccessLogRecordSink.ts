import type {
  AccessLogRecord,
  ResourceAccessLogRecord,
} from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';

/**
 * Records that were not known before, in one go.
 *
 * @public
 */
export interface AccessLogRecordBatch {
  /** Unique. A batch that comes again has the same id and the same content. */
  id: string;
  /** Each is made when it is come to: those that are not held on to take up no memory. */
  calls: Iterable<{
    /** `callKey` of the record: the same for all records of one call. */
    key: string;
    /** The source that has the record. */
    sourceId: string;
    /** Whether another source told of the call before: it is not to be counted again. */
    isTwin: boolean;
    record: AccessLogRecord;
    outcome: Outcome;
    /** As in `AccessLogCaller.id`. */
    callerId: string;
  }>;
  /** As `calls` are. */
  connections: Iterable<{
    /** `connectionKey` of the record: the same for all records of one connection. */
    key: string;
    /** The source that has the record. */
    sourceId: string;
    /** Whether another source told of the connection before: it is not to be counted again. */
    isTwin: boolean;
    record: ResourceAccessLogRecord;
  }>;
  /**
   * Starts of hours, in milliseconds since the epoch, that have been read from every source. All records of
   * them that were known then are in batches before this one, or in it.
   */
  hoursRead: number[];
}

/**
 * Takes in every record once, such as a store of all records.
 *
 * @public
 */
export interface AccessLogRecordSink {
  /** Stable: what a batch was given to is remembered by it. */
  readonly id: string;
  /**
   * Takes in a batch. Called until it succeeds, and once more if the portal stops right after: a batch
   * whose id was taken in before has to be left out.
   */
  put(batch: AccessLogRecordBatch): Promise<void>;
}
