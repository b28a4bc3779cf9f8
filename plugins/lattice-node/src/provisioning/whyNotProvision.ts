import { toOwnerRef } from '@lattice-portal/plugin-lattice-common';
import type { LatticeAccount } from '../config/LatticeConfig';

/**
 * Why somebody may not create something in an account. Absent: they may.
 *
 * @remarks
 * The portal's provisioner role can build in every account; a person only in the accounts of the groups they belong
 * to. Members of the platform groups may build everywhere.
 *
 * @public
 */
export function whyNotProvision(options: {
  /** Entity references of the user and of what they belong to. */
  claims: string[];
  accountId: string;
  accounts: readonly LatticeAccount[];
  /** Entity references. */
  platformGroups: string[];
}): string | undefined {
  const { accountId, accounts, platformGroups } = options;
  const account = accounts.find(known => known.accountId === accountId);
  if (!account) {
    return `Account ${accountId} is not one of the portal's`;
  }
  const owner = toOwnerRef(account.owner);
  const allowed = [owner, ...platformGroups.map(toOwnerRef)];
  const claims = options.claims.flatMap(claim => toOwnerRef(claim) ?? []);
  if (claims.some(claim => allowed.includes(claim))) {
    return undefined;
  }
  const name = account.name ? `${account.name} (${accountId})` : accountId;
  return `Only members of ${
    owner ?? platformGroups.join(' or ')
  } can create something in account ${name}`;
}
