import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';

/** Requests in the order of who has to act. */
export interface GroupedRequests {
  toDecide: AccessRequest[];
  mine: AccessRequest[];
  others: AccessRequest[];
}

/**
 * Sorts requests by what the reader has to do with them, newest first.
 *
 * @param userEntityRef - the reader
 */
export function groupRequests(
  requests: AccessRequest[],
  userEntityRef: string | undefined,
): GroupedRequests {
  const groups: GroupedRequests = { toDecide: [], mine: [], others: [] };
  const newestFirst = [...requests].sort((a, b) =>
    a.createdAt < b.createdAt ? 1 : -1,
  );
  for (const request of newestFirst) {
    if (request.permitted.some(action => action === 'approve')) {
      groups.toDecide.push(request);
    } else if (request.requestedBy === userEntityRef) {
      groups.mine.push(request);
    } else {
      groups.others.push(request);
    }
  }
  return groups;
}
