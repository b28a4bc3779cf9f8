import {
  type AccessRequestEvent,
  callerName,
} from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestRecord } from '../database/AccessRequestStore';

const verbs: Record<AccessRequestEvent['type'], string> = {
  asked: 'asked for',
  approved: 'approved',
  refused: 'refused',
  withdrawn: 'withdrawn',
  applied: 'applied',
  works: 'works',
  'still-denied': 'still denied',
  failed: 'failed',
  void: 'void: the policy changed meanwhile',
  recomputed: 'computed again: please decide',
  expired: 'expired',
  revoked: 'revoked',
};

/**
 * One line such as `batch-export → inventory: asked for`.
 */
export function titleOf(
  request: AccessRequestRecord,
  event: Pick<AccessRequestEvent, 'type'>,
): string {
  return `Access ${callerName(request.callerId)} → ${request.serviceName}: ${
    verbs[event.type]
  }`;
}
