import { NotAllowedError } from '@backstage/errors';
import { toOwnerRef } from '@lattice-portal/plugin-lattice-common';
import {
  type LatticeAccount,
  whyNotProvision,
} from '@lattice-portal/plugin-lattice-node';

/** The user who started a run, as the scaffolder hands it to actions. */
export interface RunningUser {
  ref?: string;
  entity?: { relations?: { type: string; targetRef: string }[] };
}

/**
 * The portal's provisioner role can build in every account; a person only in the accounts of the groups they belong
 * to. Members of the platform groups may build everywhere.
 *
 * @throws NotAllowedError when the user may not
 */
export function checkMayProvision(options: {
  user: RunningUser | undefined;
  accountId: string;
  accounts: LatticeAccount[];
  platformGroups: string[];
}): void {
  const { user, ...rest } = options;
  const refusal = whyNotProvision({ ...rest, claims: claimsOf(user) });
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
}

/** Whether a user is an owner, or a member of one. The groups are those of the catalog when the run began. */
export function isMember(
  user: RunningUser | undefined,
  owner: string | undefined,
): boolean {
  const ref = toOwnerRef(owner);
  return ref !== undefined && claimsOf(user).includes(ref);
}

function claimsOf(user: RunningUser | undefined): string[] {
  const groups = (user?.entity?.relations ?? [])
    .filter(relation => relation.type === 'memberOf')
    .map(relation => relation.targetRef);
  return [user?.ref, ...groups].flatMap(ref => toOwnerRef(ref) ?? []);
}
