import type { PolicyStatement } from '@lattice-portal/auth-policy';

/**
 * - `pending`: waits for the owners
 * - `approved`: all owners agreed, about to be applied
 * - `applied`: the policies are changed; no call has shown it yet
 * - `verified`: a recorded call got through after the change
 * - `void`: a document changed since it was asked; it has to be computed again
 *
 * @public
 */
export type AccessRequestStatus =
  | 'pending'
  | 'approved'
  | 'applied'
  | 'verified'
  | 'refused'
  | 'withdrawn'
  | 'failed'
  | 'void'
  | 'expired'
  | 'revoked';

/**
 * One document that the request changes: the statement to add, and who decides on it.
 *
 * @public
 */
export interface AccessRequestChange {
  layer: 'network' | 'service';
  resourceArn: string;
  resourceName: string;
  /** Entity reference of the owner who decides. */
  owner?: string;
  statement: PolicyStatement;
  /** The whole document before, as text. Absent: there was none. */
  before?: string;
  /** The whole document after, as text. */
  after: string;
  /**
   * Why `before` and `after` are not given (`after` is empty then): the viewer may not read the policy.
   * `statement` is what is asked for.
   */
  withheld?: string;
  /** Characters left of the 10,000 a document may have, after the change. */
  charactersLeft: number;
  decision?: {
    verdict: 'approved' | 'refused';
    by: string;
    at: string;
    comment?: string;
  };
  /** ISO 8601. */
  appliedAt?: string;
  /** ISO 8601. */
  removedAt?: string;
}

/**
 * What the changes do to recorded denied calls. Adding allow statements takes nothing away.
 *
 * @public
 */
export interface AccessRequestEffect {
  /** ISO 8601. */
  from: string;
  /** ISO 8601. */
  to: string;
  /** Calls refused in the window that would be allowed. */
  newlyAllowed: EffectRow[];
  /** Refused calls that stay refused. */
  stillDenied: number;
  /** Refused calls of which it cannot be said, with what it hangs on. */
  unknown: EffectRow[];
}

/**
 * Recorded calls of one shape, counted.
 *
 * @public
 */
export interface EffectRow {
  callerId: string;
  serviceArn: string;
  method?: string;
  pathShape?: string;
  count: number;
  examplePath?: string;
  hangsOn?: string[];
}

/**
 * One step in the life of a request.
 *
 * @public
 */
export interface AccessRequestEvent {
  /** ISO 8601. */
  at: string;
  /** Entity reference; absent: the portal itself. */
  by?: string;
  type:
    | 'asked'
    | 'approved'
    | 'refused'
    | 'withdrawn'
    | 'applied'
    | 'works'
    | 'still-denied'
    | 'failed'
    | 'void'
    | 'recomputed'
    | 'expired'
    | 'revoked';
  message: string;
}

/**
 * A fix that a team asks for, from the question to its end.
 *
 * @public
 */
export interface AccessRequest {
  id: string;
  status: AccessRequestStatus;
  /** The caller, as in `AccessLogCaller.id`. */
  callerId: string;
  serviceArn: string;
  serviceName: string;
  methods: string[];
  /** Path patterns with `*`. */
  paths: string[];
  reason: string;
  /** ISO 8601: until when. Absent: without end. */
  expiresAt?: string;
  /** Entity reference of the user. */
  requestedBy: string;
  /** Entity reference of the group the caller belongs to. */
  requestedFor?: string;
  /** ISO 8601. */
  createdAt: string;
  deniedRequestId?: string;
  changes: AccessRequestChange[];
  effect: AccessRequestEffect;
  /** Oldest first. */
  events: AccessRequestEvent[];
  /** What the reader may do now. */
  permitted: AccessRequestAction[];
}

/**
 * What somebody can do with a request: decide on it, take it back, compute it again, undo it.
 *
 * @public
 */
export type AccessRequestAction =
  | 'approve'
  | 'refuse'
  | 'withdraw'
  | 'recompute'
  | 'revoke';

/**
 * What an asker has to say: who wants to call what, how, why and until when.
 *
 * @public
 */
export interface NewAccessRequest {
  callerId: string;
  serviceArn: string;
  methods: string[];
  paths: string[];
  /** Why, in the asker's words. */
  reason: string;
  /** ISO 8601. */
  expiresAt?: string;
  /** The denied request this starts from. */
  deniedRequestId?: string;
}

/**
 * What a request would come to, before it is made.
 *
 * @public
 */
export interface AccessRequestPreview {
  changes: AccessRequestChange[];
  effect: AccessRequestEffect;
  /** Why the request would not help, where it would not. */
  warnings: string[];
}
