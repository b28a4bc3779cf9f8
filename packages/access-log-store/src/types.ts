import type {
  AccessLogCaller,
  AccessLogRecord,
  PathWords,
  ResourceAccessLogRecord,
} from '@lattice-portal/access-logs';
import type {
  CallerKind,
  Outcome,
  OutcomeCounts,
  TimeWindow,
} from '@lattice-portal/plugin-lattice-common';

/**
 * The record of a call to a service, as it is kept.
 *
 * @public
 */
export interface StoredCall {
  /** As `callKey` says: the same for the network's and the service's record of one call. */
  key: string;
  /** Which log the record is of, such as the ARN of its destination. */
  source: string;
  /** Whether another record of the same call came before: kept, but not counted. */
  twin: boolean;
  record: AccessLogRecord;
  /** As `callerOf` says. */
  caller: AccessLogCaller;
  /** As `classify` says. */
  outcome: Outcome;
}

/**
 * The record of a TCP connection to a resource configuration, as it is kept.
 *
 * @public
 */
export interface StoredConnection {
  /** As `connectionKey` says. */
  key: string;
  /** Which log the record is of. */
  source: string;
  /** Whether another record of the same connection came before: kept, but not counted. */
  twin: boolean;
  record: ResourceAccessLogRecord;
}

/**
 * Records to keep, as they were read in one go.
 *
 * @public
 */
export interface AccessLogBatch {
  /**
   * Names what was read, such as a source with its cursor before and after. A batch whose id is known is
   * not written again, whatever it holds.
   */
  id: string;
  /** Gone through once. */
  calls?: Iterable<StoredCall>;
  /** Gone through once. */
  connections?: Iterable<StoredConnection>;
  /**
   * Hours that were read from every log, to their end, as any instant in them (milliseconds since the epoch).
   * Hours that were never told are gaps, also where there are records of them.
   */
  hoursRead?: readonly number[];
}

/**
 * Which calls a question is about.
 *
 * @public
 */
export interface CallScope {
  /** Milliseconds since the epoch, inclusive. */
  from: number;
  /** Milliseconds since the epoch, exclusive. */
  to: number;
  /** Any of these. Absent: all. */
  serviceArns?: readonly string[];
  /** Those whose ARN is not before `from`, and is before `before`, by their bytes. Absent: all. */
  serviceRange?: { from?: string; before?: string };
  /** Any of these, as in `AccessLogCaller.id`. */
  callerIds?: readonly string[];
  /** Calls through any of these service networks; `undefined` among them: also those whose network is not on record. */
  serviceNetworkArns?: readonly (string | undefined)[];
  /** Calls whose caller or whose service is in any of these accounts. */
  accountIds?: readonly string[];
}

/**
 * Time of which there is nothing to know, or not all.
 *
 * @remarks
 * - `not-read`: no file of these hours is there. Whether there was traffic is not known.
 * - `partly-read`: there are records of these hours, and nobody has told that every log was read to their end.
 * - `thinned`: these hours are past their retention; of them only what had to be kept is there.
 * - `source`: a log that could not be read, as whoever fills the store says.
 *
 * @public
 */
export type StoreGap =
  | ({ kind: 'not-read' | 'partly-read' | 'thinned' } & TimeWindow)
  | {
      kind: 'source';
      source: string;
      reason: string;
      /** ISO 8601. Absent: unknown since when. */
      from?: string;
      /** ISO 8601. Absent: until now. */
      to?: string;
    };

/**
 * What every answer says of itself.
 *
 * @public
 */
export interface AnswerBasis {
  window: TimeWindow;
  /** What may be missing. Empty: nothing that is known of. */
  gaps: StoreGap[];
}

/**
 * An answer with what it is made of.
 *
 * @public
 */
export interface Answer<T> extends AnswerBasis {
  /** Lines on record that the question is about; twins are two of them, and one call. */
  lines: number;
  items: T[];
}

/**
 * Calls within a stretch of time.
 *
 * @public
 */
export interface OutcomeBucket {
  /** Milliseconds since the epoch, a multiple of the step. */
  start: number;
  counts: OutcomeCounts;
}

/**
 * What became of a caller's calls.
 *
 * @public
 */
export interface CallerSummary {
  /** As in `AccessLogCaller.id`. */
  callerId: string;
  kind: CallerKind;
  accountId?: string;
  calls: number;
  denied: number;
  /** `denied` by `calls`, 0 to 1. */
  deniedShare: number;
  counts: OutcomeCounts;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

/**
 * Denied calls of one kind.
 *
 * @public
 */
export interface CauseSummary {
  callerId: string;
  serviceArn: string;
  method?: string;
  pathShape?: string;
  /** Which policy refused. */
  outcome: Outcome;
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
  /** The newest of them. */
  example: {
    key: string;
    requestId?: string;
    path?: string;
    /** The principal as recorded, session included. */
    principal?: string;
    sourceVpcId?: string;
  };
}

/**
 * The calls of one caller from one VPC through one network to one service.
 *
 * @public
 */
export interface EdgeSummary {
  callerId: string;
  callerKind: CallerKind;
  callerAccountId?: string;
  serviceArn: string;
  serviceNetworkArn?: string;
  sourceVpcId?: string;
  counts: OutcomeCounts;
  /** Calls by duration: one count for each bound that was asked for, and one for all above. */
  durations: number[];
  /** Sum over the calls that have it on record. */
  bytesReceived: number;
  /** Sum over the calls that have it on record. */
  bytesSent: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

/**
 * All that is on record of one call.
 *
 * @public
 */
export interface RecordedCall {
  key: string;
  /** One for each log that has it: the network's, the service's. The one that counts comes first. */
  records: StoredCall[];
}

/**
 * Fields that calls are told apart by, beside service, caller and outcome.
 *
 * @public
 */
export type ShapeField =
  | 'principal'
  | 'requestMethod'
  | 'requestPath'
  | 'serviceNetworkArn'
  | 'sourceVpcArn'
  | 'sourceVpcId'
  | 'callerPrincipalOrgId'
  | 'callerPrincipalTags'
  | 'timestamp';

/**
 * Calls that are told apart by more than others: by their principals, by all that is in their paths, and by
 * further fields, which are left out of the shapes of other calls.
 *
 * @public
 */
export interface WholeCalls {
  outcomes: readonly Outcome[];
  fields: readonly ShapeField[];
}

/**
 * How paths of calls are folded that policies can't tell apart.
 *
 * @public
 */
export interface PathFolding {
  /** What policies read of paths. Paths of one shape that have none of these words are one. */
  words: PathWords;
}

/**
 * Calls that agree in all fields that were asked for.
 *
 * @remarks
 * It can be replayed as it is. `record` has the service, the fields asked for, and what stands for the
 * rest: the principal of one of the calls and the time of the newest.
 *
 * @public
 */
export interface CallShape {
  record: AccessLogRecord;
  outcome: Outcome;
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}
