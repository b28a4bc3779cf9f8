import type { StoreGap } from '@lattice-portal/access-log-store';
import type { ServiceCalls } from '../calls/CallsByService';
import type { DecidedCalls } from '../statementUse/StatementTally';
import type { UseGroup } from '../statementUse/UseGroups';

/**
 * What a day may lack: what the store of records does, and for the policy of a network the calls of which it
 * is not on record over which network they went.
 */
export type StatementUseGap =
  | StoreGap
  | ({ kind: 'network-unknown' } & ServiceCalls);

/** What the statements of one document decided on one day. Times in milliseconds since the epoch. */
export interface StatementUseDay {
  resourceArn: string;
  /** Of the document. */
  digest: string;
  /** Start of the day in UTC. */
  day: number;
  computedAt: number;
  /** Whether nothing can come to it any more. */
  isFinal: boolean;
  /** Calls that the policy was there for. */
  calls: number;
  uses: DecidedCalls[];
  gaps: StatementUseGap[];
}

/** A day with the groups that its sums are of. */
export type GroupedStatementUseDay = StatementUseDay & { groups: UseGroup[] };

/** That a day was computed. */
export type ComputedDay = Pick<
  StatementUseDay,
  'resourceArn' | 'digest' | 'day' | 'computedAt' | 'isFinal'
>;

/**
 * Keeps the use of statements.
 */
export interface StatementUseStore {
  /** Replaces days. */
  save(days: GroupedStatementUseDay[]): Promise<void>;
  /** What was computed of the days from one on. */
  computed(options: { from: number }): Promise<ComputedDay[]>;
  /** The days of one document that begin in a range, oldest first. */
  list(options: {
    resourceArn: string;
    digest: string;
    from: number;
    to: number;
  }): Promise<StatementUseDay[]>;
  /** What was decided on a day, by who called what. */
  groups(
    day: Pick<StatementUseDay, 'resourceArn' | 'digest' | 'day'>,
  ): Promise<UseGroup[]>;
  /** Deletes days before one. */
  prune(options: { before: number }): Promise<void>;
}
