import type { CallerKind, Outcome } from '../traffic/outcomes';
import type { AnswerBasis } from '../traffic/AnswerBasis';
import type { TimeWindow } from '../traffic/types';

/**
 * Time of which records may be missing.
 *
 * @remarks
 * - `not-read`: nobody has looked at these hours. Whether there were calls is not known.
 * - `thinned`: these hours are past their retention; of them only what had to be kept is there.
 * - `network-unknown`: the service network of so many calls, which the viewer may see, is not on record.
 *   They are left out where one network is asked for.
 * - `source`: a log that was not read, or records that wait to be stored.
 *
 * @public
 */
export type RecordGap =
  | ({ kind: 'not-read' | 'thinned' } & TimeWindow)
  | ({ kind: 'network-unknown'; calls: number } & TimeWindow)
  | {
      kind: 'source';
      /** As in `LogSourceStatus.id`. */
      source: string;
      reason: string;
      /** ISO 8601. Absent: not known since when. */
      from?: string;
      /** ISO 8601. Absent: until now. */
      to?: string;
    };

/**
 * What one log says of a call.
 *
 * @public
 */
export interface LoggedRecord {
  /** The log, as in `LogSourceStatus.id`. */
  source: string;
  /** False: another log told of the call before, and that record is the one that is counted. */
  isCounted: boolean;
  /** Every field as AWS wrote it, those that are not documented included. */
  fields: Record<string, unknown>;
}

/**
 * A call with all that is on record of it.
 *
 * @public
 */
export interface CallOnRecord {
  /** The same for all records of the call. Of a denied one, the id of its `DeniedRequest`. */
  key: string;
  /** ISO 8601. */
  startTime: string;
  outcome: Outcome;
  callerId: string;
  callerKind: CallerKind;
  serviceArn: string;
  /** Absent: the service is not in the estate that could be read. */
  serviceName?: string;
  method?: string;
  path?: string;
  /** One for each log that has it; the one that is counted comes first. */
  records: LoggedRecord[];
}

/**
 * What the log of a proxy in front of VPC Lattice says of a request.
 *
 * @public
 */
export type ProxyLog = {
  accountId: string;
  region: string;
  /** Name of the log group. */
  name: string;
} & (
  | {
      status: 'read';
      /** Oldest first. */
      lines: {
        /** ISO 8601. */
        time: string;
        /** The log stream. */
        stream?: string;
        text: string;
      }[];
      /** False: there may be more lines than these. */
      isComplete: boolean;
    }
  | { status: 'unknown'; reason: string }
);

/**
 * All that is on record of the calls with a request id. Its lines are all records given: of a call that
 * several logs tell of, each.
 *
 * @public
 */
export interface CallRecords extends AnswerBasis {
  /** Newest first. Clients may choose the id, so there may be several calls. */
  calls: CallOnRecord[];
  /** One for each log group of the configuration. */
  proxyLogs: ProxyLog[];
}
