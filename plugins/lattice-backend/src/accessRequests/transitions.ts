import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  AccessRequestAction,
  AccessRequestChange,
  AccessRequestEvent,
  AccessRequestStatus,
} from '@lattice-portal/plugin-lattice-common';
import type { MayReadPolicy } from '../authorization/viewerAccess';
import type {
  AccessRequestParties,
  AccessRequestRecord,
} from '../database/AccessRequestStore';

/** Who acts: the user and everything it may claim to be. */
export interface Actor {
  userRef: string;
  /** Entity references: the user and the groups it belongs to. */
  claims: string[];
  /** Whether the permission policy lets the user decide on this request. */
  mayDecide: boolean;
  /** Whose policies the user may read. */
  mayRead: MayReadPolicy;
}

const possible: Record<AccessRequestAction, AccessRequestStatus[]> = {
  approve: ['pending'],
  refuse: ['pending'],
  withdraw: ['pending', 'void', 'failed'],
  recompute: ['void', 'failed'],
  revoke: ['applied', 'verified'],
};

/**
 * Who has to do with a request.
 */
export function partiesOf(request: AccessRequestRecord): AccessRequestParties {
  return {
    askers: [request.requestedBy, request.requestedFor].filter(isPresent),
    approvers: request.changes.map(change => change.owner).filter(isPresent),
  };
}

/**
 * What an actor may do with a request as it stands.
 */
export function permittedActions(
  request: AccessRequestRecord,
  actor: Actor,
): AccessRequestAction[] {
  const { askers } = partiesOf(request);
  const asks = askers.some(ref => actor.claims.includes(ref));
  const owns = request.changes.some(change => isOwner(change, actor));
  const decides = request.changes.some(
    change => isOwner(change, actor) && !change.decision,
  );
  const allowed: Record<AccessRequestAction, boolean> = {
    approve: decides && actor.mayDecide,
    refuse: decides && actor.mayDecide,
    withdraw: asks,
    recompute: asks || owns,
    revoke: asks || (owns && actor.mayDecide),
  };
  return (Object.keys(possible) as AccessRequestAction[]).filter(
    action => allowed[action] && possible[action].includes(request.status),
  );
}

/**
 * @throws ConflictError when the request does not stand so that this could be done
 * @throws NotAllowedError when it is not for this actor to do
 */
export function assertPermitted(
  request: AccessRequestRecord,
  action: AccessRequestAction,
  actor: Actor,
): void {
  if (!possible[action].includes(request.status)) {
    throw new ConflictError(
      `Access request ${request.id} is ${request.status}: there is nothing to ${action}`,
    );
  }
  if (!permittedActions(request, actor).includes(action)) {
    throw new NotAllowedError(
      `It is not for ${actor.userRef} to ${action} access request ${request.id}`,
    );
  }
}

/**
 * The request after an owner's decision on all changes that are theirs and still open.
 */
export function withDecision(
  request: AccessRequestRecord,
  options: {
    verdict: 'approved' | 'refused';
    actor: Actor;
    at: string;
    comment?: string;
  },
): AccessRequestRecord {
  const { verdict, actor, at, comment } = options;
  const decided: string[] = [];
  const changes = request.changes.map(change => {
    if (change.decision || !isOwner(change, actor)) {
      return change;
    }
    decided.push(change.resourceName);
    return {
      ...change,
      decision: { verdict, by: actor.userRef, at, comment },
    };
  });
  const all = changes.every(change => change.decision?.verdict === 'approved');
  const status = all ? 'approved' : 'pending';
  return withEvent(
    { ...request, changes, status: verdict === 'refused' ? 'refused' : status },
    {
      at,
      by: actor.userRef,
      type: verdict,
      message: `The change to ${decided.join(' and ')} is ${verdict}${
        comment ? `: ${comment}` : ''
      }`,
    },
  );
}

/**
 * The request with one more event.
 */
export function withEvent(
  request: AccessRequestRecord,
  event: AccessRequestEvent,
): AccessRequestRecord {
  return { ...request, events: [...request.events, event] };
}

function isOwner(change: AccessRequestChange, actor: Actor): boolean {
  return change.owner !== undefined && actor.claims.includes(change.owner);
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
