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
  /** The source that told first. */
  sourceId: string;
  calls: {
    /** `callKey` of the record. */
    key: string;
    record: AccessLogRecord;
    outcome: Outcome;
    /** As in `AccessLogCaller.id`. */
    callerId: string;
  }[];
  connections: {
    /** `connectionKey` of the record. */
    key: string;
    record: ResourceAccessLogRecord;
  }[];
  /** Keys of calls and connections that another source told of before, and this one too. */
  twins: string[];
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
