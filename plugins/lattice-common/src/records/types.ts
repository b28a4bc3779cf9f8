import type { CallerKind, Outcome } from '../traffic/outcomes';
import type { AnswerBasis } from '../traffic/AnswerBasis';
import type { TimeWindow } from '../traffic/types';

/**
 * Time of which records may be missing.
 *
 * @remarks
 * - `not-read`: nobody has looked at these hours. Whether there were calls is not known.
 * - `partly-read`: there are records of these hours, and not every log is known to have been read to their end.
 * - `thinned`: these hours are past their retention; of them only what had to be kept is there.
 * - `network-unknown`: the service network of so many calls, which the viewer may see, is not on record.
 *   They are left out where one network is asked for.
 * - `source`: a log that was not read, or records that wait to be stored.
 *
 * @public
 */
export type RecordGap =
  | ({ kind: 'not-read' | 'partly-read' | 'thinned' } & TimeWindow)
  | ({
      kind: 'network-unknown';
      calls: number;
      /** There may be more than `calls`: all would have taken too long to count. */
      isAtLeast?: boolean;
    } & TimeWindow)
  | {
      kind: 'source';
      /** As in `LogSourceStatus.id`; or how many logs, as `7 logs`. */
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
 * What there is of a call in one of the two logs that it should be in: that of its service network, and that
 * of its service.
 *
 * @remarks
 * - `recorded`: it is on record.
 * - `awaited`: the log has not been read up to the call and what delivery takes: its record may still come.
 * - `absent`: it has been read, and had no record of the call.
 * - `not-subscribed`: no access log is written, so none will come.
 * - `unknown`: can't be told.
 *
 * @public
 */
export type CallLog = {
  of: 'network' | 'service';
  /** Absent: the record doesn't say which network. */
  resourceArn?: string;
} & (
  | { status: 'recorded' | 'not-subscribed' }
  | {
      status: 'awaited';
      /** As in `LogSourceStatus.id`. */
      source: string;
      /** ISO 8601. Absent: it has not been read at all. */
      readUntil?: string;
      /** Why it is not being read. Absent: it is. */
      reason?: string;
    }
  | { status: 'absent'; source: string; readUntil: string }
  | { status: 'unknown'; reason: string }
);

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
  /** The network's log, and the service's. */
  logs: CallLog[];
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
  /** Whether there are older calls that were not looked at, as too many have the id. */
  hasMore: boolean;
  /** One for each log group of the configuration. */
  proxyLogs: ProxyLog[];
}
