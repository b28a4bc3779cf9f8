import {
  callerName,
  type AccessRequest,
  type AccessRequestStatus,
} from '@lattice-portal/plugin-lattice-common';

/** What a status is called, and whether it is good, bad or open. */
export const statusDescriptions: Record<
  AccessRequestStatus,
  { name: string; tone: 'open' | 'good' | 'bad' | 'ended' }
> = {
  pending: { name: 'waits for the owners', tone: 'open' },
  approved: { name: 'approved, being applied', tone: 'open' },
  applied: { name: 'applied, no call seen yet', tone: 'open' },
  verified: { name: 'works', tone: 'good' },
  refused: { name: 'refused', tone: 'bad' },
  withdrawn: { name: 'withdrawn', tone: 'ended' },
  failed: { name: 'could not be applied', tone: 'bad' },
  void: { name: 'void: a policy changed since', tone: 'bad' },
  expired: { name: 'expired', tone: 'ended' },
  revoked: { name: 'revoked', tone: 'ended' },
};

/** Statuses after which nothing happens by itself. */
export function isSettled(status: AccessRequestStatus): boolean {
  return !['pending', 'approved', 'applied'].includes(status);
}

/** `batch-export → inventory: GET /items/export`. */
export function requestTitle(
  request: Pick<
    AccessRequest,
    'callerId' | 'serviceName' | 'methods' | 'paths'
  >,
): string {
  return `${callerName(request.callerId)} → ${
    request.serviceName
  }: ${describeCall(request)}`;
}

/** `GET, HEAD /items/*`; without methods or paths, any. */
export function describeCall(request: {
  methods: string[];
  paths: string[];
}): string {
  const methods = request.methods.join(', ') || 'any method';
  return `${methods} ${request.paths.join(', ') || 'any path'}`;
}
