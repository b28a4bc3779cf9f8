import {
  type CallFilter,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';

/** Whether calls are of the accounts that are asked for. */
export function isOfAccounts(
  calls: { callerAccountId?: string; serviceArn: string },
  filter: Pick<CallFilter, 'callerAccountId' | 'accountId'>,
): boolean {
  const { callerAccountId, accountId } = filter;
  return (
    (callerAccountId === undefined ||
      callerAccountId === calls.callerAccountId) &&
    (accountId === undefined ||
      accountId === calls.callerAccountId ||
      accountId === parseArn(calls.serviceArn)?.accountId)
  );
}
