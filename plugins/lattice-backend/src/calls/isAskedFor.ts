import {
  type CallFilter,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';

/** Whether the caller and the service of calls are asked for, over whichever service network. */
export function isAskedFor(
  calls: { callerId: string; callerAccountId?: string; serviceArn: string },
  filter: CallFilter,
): boolean {
  const { callerId, callerAccountId, serviceArn, accountId } = filter;
  return (
    (callerId ?? calls.callerId) === calls.callerId &&
    (callerAccountId ?? calls.callerAccountId) === calls.callerAccountId &&
    (serviceArn ?? calls.serviceArn) === calls.serviceArn &&
    (accountId === undefined ||
      accountId === calls.callerAccountId ||
      accountId === parseArn(calls.serviceArn)?.accountId)
  );
}
