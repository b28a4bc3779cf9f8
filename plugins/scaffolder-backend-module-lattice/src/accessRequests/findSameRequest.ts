import type {
  AccessRequest,
  AccessRequestStatus,
  NewAccessRequest,
} from '@lattice-portal/plugin-lattice-common';

const STANDING: AccessRequestStatus[] = [
  'pending',
  'approved',
  'applied',
  'verified',
];

/**
 * The request that asks for the same and is still under way or in force; `undefined` when there is none. So running a
 * template again asks nobody twice.
 */
export function findSameRequest(
  requests: AccessRequest[],
  wanted: NewAccessRequest,
): AccessRequest | undefined {
  return requests.find(
    request =>
      STANDING.includes(request.status) &&
      request.callerId === wanted.callerId &&
      request.serviceArn === wanted.serviceArn &&
      request.expiresAt === wanted.expiresAt &&
      sameMembers(request.methods, wanted.methods) &&
      sameMembers(request.paths, wanted.paths),
  );
}

function sameMembers(one: string[], other: string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}
