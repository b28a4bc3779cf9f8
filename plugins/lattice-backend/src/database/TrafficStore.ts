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
}

/**
 * Calls of one caller to one service from one VPC that ended in one way.
 */
export interface StoredEdge {
  serviceArn: string;
  callerId: string;
  callerKind: CallerKind;
  /** Absent: not recorded. */
  sourceVpcId?: string;
  outcome: Outcome;
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  lastSeen: number;
  durations: DurationHistogram;
}

/**
 * The newest call of one caller to one service from one VPC that ended in one way.
 */
export interface NewestCall
  extends Pick<
    StoredEdge,
    'serviceArn' | 'callerId' | 'sourceVpcId' | 'outcome' | 'lastSeen'
  > {
  callerAccountId?: string;
  /** Its denied request. Absent: it was not denied, or is not kept as such any more. */
  deniedRequestId?: string;
}

/**
 * Reads the roll-ups of recorded calls.
 */
export interface TrafficStore {
  /** Edges of whole hours: those that begin within the range. */
  edges(options: TimeRange & TrafficFilter): Promise<StoredEdge[]>;
  /** Both the edges of a range and the newest calls of all of the memory: one read of who calls whom. */
  edgesAndNewestCalls(
    options: TimeRange & TrafficFilter,
  ): Promise<{ edges: StoredEdge[]; newest: NewestCall[] }>;
  /** The newest call of each edge by how it ended, in all of the memory. */
  newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]>;
  /** Outcomes by five minutes. */
  outcomes(
    options: TimeRange & { serviceArn: string },
  ): Promise<{ bucket: number; outcome: Outcome; count: number }[]>;
  /** Outcomes of each caller by the hour. */
  callerOutcomes(
    options: TimeRange & TrafficFilter,
  ): Promise<
    { bucket: number; callerId: string; outcome: Outcome; count: number }[]
  >;
  /** All callers in memory. */
  callers(): Promise<
    { callerId: string; callerKind: CallerKind; serviceArn: string }[]
  >;
}
