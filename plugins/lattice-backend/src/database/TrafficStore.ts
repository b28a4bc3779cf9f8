import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { DurationHistogram } from '../ingest/durationHistogram';

/** Milliseconds since the epoch: inclusive, exclusive. */
export interface TimeRange {
  from: number;
  to: number;
}

/** Which calls; what is absent does not narrow. */
export interface TrafficFilter {
  serviceArn?: string;
  callerId?: string;
  sourceVpcId?: string;
  /** Empty: calls of which the network is not known. */
  serviceNetworkArn?: string;
}

/** Who calls whom from where. */
export interface EdgeParties {
  /** Made of the others. */
  id: string;
  serviceArn: string;
  callerId: string;
  callerKind: CallerKind;
  /** Absent: not recorded. */
  sourceVpcId?: string;
}

/**
 * The calls of one caller to one service from one VPC in a range.
 */
export interface EdgeTraffic extends EdgeParties {
  /** By how they ended; there is one at least. */
  calls: StoredCalls[];
  durations: DurationHistogram;
  /** ISO 8601: when one was allowed last, whenever that was. */
  lastAllowed?: string;
  /** The newest that VPC Lattice refused, whenever that was. */
  newestDenied?: NewestCall;
  /** ISO 8601: when that was. */
  lastDenied?: string;
}

/**
 * Calls of an edge that ended in one way.
 */
export interface StoredCalls {
  outcome: Outcome;
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  lastSeen: number;
}

/**
 * The newest call of one caller to one service from one VPC that ended in one way.
 */
export interface NewestCall {
  serviceArn: string;
  callerId: string;
  callerAccountId?: string;
  /** Absent: not recorded. */
  sourceVpcId?: string;
  outcome: Outcome;
  /** Milliseconds since the epoch. */
  lastSeen: number;
  /** Its denied request. Absent: it was not denied, or is not kept as such any more. */
  deniedRequestId?: string;
}

/** Calls of a stretch of time that ended in one way. */
export interface OutcomeCount {
  /** Its start, in milliseconds since the epoch. */
  bucket: number;
  outcome: Outcome;
  count: number;
}

/**
 * Reads the roll-ups of recorded calls.
 */
export interface TrafficStore {
  /** The edges that have calls in whole hours: those that begin within the range. */
  traffic(options: TimeRange & TrafficFilter): Promise<readonly EdgeTraffic[]>;
  /** The newest call of each edge by how it ended, in all of the memory. */
  newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]>;
  /**
   * Outcomes of services by five minutes.
   *
   * @param options - `serviceNetworkArn` as in {@link TrafficFilter}
   */
  outcomes(
    options: TimeRange & {
      serviceArns: readonly string[];
      serviceNetworkArn?: string;
    },
  ): Promise<OutcomeCount[]>;
  /**
   * Outcomes of some callers by the hour.
   *
   * @param options - `isMeant`: whether the calls of an edge count
   */
  callerOutcomes(
    options: TimeRange &
      TrafficFilter & {
        isMeant?: (edge: { callerId: string; serviceArn: string }) => boolean;
      },
  ): Promise<OutcomeCount[]>;
  /** ARNs of all services that were called, in memory. */
  serviceArns(): Promise<string[]>;
  /** All callers in memory. */
  callers(): Promise<
    { callerId: string; callerKind: CallerKind; serviceArn: string }[]
  >;
}
