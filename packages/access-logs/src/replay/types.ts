import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogRecord } from '../types';

/**
 * Policies that are not in force yet.
 *
 * @public
 */
export interface ProposedPolicies {
  /** Auth policy of the service network, as text or parsed JSON. It goes for every network on record. */
  network?: unknown;
  /** Auth policies of services by ARN, as text or parsed JSON. */
  services?: ReadonlyMap<string, unknown>;
}

/**
 * What proposed policies make of a recorded call, against what became of it.
 *
 * @public
 */
export type ReplayChange =
  | 'newly-allowed'
  | 'newly-denied'
  | 'unchanged'
  | 'unknown';

/**
 * A call of the past.
 *
 * @public
 */
export interface ReplayCall {
  record: AccessLogRecord;
  /** Default: what `classify` says of the record. */
  outcome?: Outcome;
  /** How many calls of this kind there were. Default: 1. */
  count?: number;
}

/**
 * One call that stands for its group.
 *
 * @public
 */
export interface ReplayExample {
  requestId?: string;
  /** ISO 8601. */
  startTime: string;
  path?: string;
  /** How the call ended. */
  outcome: Outcome;
  sourceVpcId?: string;
}

/**
 * Calls of one kind that proposed policies treat in one way.
 *
 * @public
 */
export interface ReplayGroup {
  change: ReplayChange;
  /** As in `AccessLogCaller.id`. */
  caller: string;
  serviceArn: string;
  method?: string;
  /** Path shape. */
  path?: string;
  count: number;
  /** Three at most. */
  examples: ReplayExample[];
  /** For `unknown`: what the verdict hangs on. */
  reasons: string[];
}

/**
 * What becomes of recorded traffic under proposed policies.
 *
 * @public
 */
export interface ReplayResult {
  newlyAllowed: number;
  newlyDenied: number;
  unchanged: number;
  unknown: number;
  /** What is treated in another way than before, or perhaps so. The largest first. */
  groups: ReplayGroup[];
  /**
   * What the policies treat as before: how many groups there are, and the 100 largest of them, the largest first.
   * Calls to services for which nothing is proposed are in none.
   */
  unchangedGroups: { count: number; largest: ReplayGroup[] };
}
