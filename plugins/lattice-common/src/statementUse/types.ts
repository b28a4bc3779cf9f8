import type { AnswerBasis } from '../traffic/AnswerBasis';

/**
 * A call that a statement decided.
 *
 * @public
 */
export interface StatementUseExample {
  /** ISO 8601. */
  time: string;
  /** As in `AccessLogCaller.id`. */
  callerId: string;
  serviceArn: string;
  method?: string;
  path?: string;
}

/**
 * What recorded calls a statement of an auth policy decided: an allow statement those that it let through,
 * a deny statement those that it refused.
 *
 * @public
 */
export interface StatementUse {
  /** Position in the document, from 0. */
  index: number;
  sid?: string;
  /**
   * - `used`: it decided calls
   * - `not-used`: it decided none of the calls on record
   * - `unknown`: it may have decided some, which hangs on what is not on record
   */
  status: 'used' | 'not-used' | 'unknown';
  /** Calls that it decided. */
  calls: number;
  /** Calls that it may have decided. */
  possibleCalls: number;
  /** ISO 8601: the last call that it decided, or may have decided if it is `unknown`. */
  lastUsed?: string;
  /** That last call. Absent: there is none, or the viewer may not read such calls. */
  example?: StatementUseExample;
  /** What it hangs on that it decided the possible calls. */
  reasons: string[];
}

/**
 * The use of the statements of a resource's current auth policy. Its window is of whole days in UTC, up to
 * when it was computed; its lines are the calls on record that the policy was there for.
 *
 * @public
 */
export type StatementUses =
  | ({
      status: 'computed';
      /** ISO 8601: when the oldest part of it was computed last. */
      computedAt: string;
      /** Days of the window that are not computed yet. */
      pendingDays: number;
      /** In the order of the document. */
      statements: StatementUse[];
    } & AnswerBasis)
  | {
      status: 'not-computed';
      /** A sentence. */
      reason: string;
    };
