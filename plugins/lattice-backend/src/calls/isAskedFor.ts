import type { CallFilter } from '@lattice-portal/plugin-lattice-common';
import { isOfAccounts } from './isOfAccounts';

/** Whether the caller and the service of calls are asked for, over whichever service network. */
export function isAskedFor(
  calls: { callerId: string; callerAccountId?: string; serviceArn: string },
  filter: CallFilter,
): boolean {
  const { callerId, serviceArn } = filter;
  return (
    (callerId ?? calls.callerId) === calls.callerId &&
    (serviceArn ?? calls.serviceArn) === calls.serviceArn &&
    isOfAccounts(calls, filter)
  );
}
