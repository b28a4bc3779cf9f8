import type {
  LatticeApi,
  ProvisioningAccount,
} from '@lattice-portal/plugin-lattice-common';
import type { Choice } from './Choice';

/** An account that a form offers, or why it doesn't. */
export interface AccountChoice extends Choice {
  /** Entity reference. */
  owner?: string;
  /** Absent: the user may create something there. */
  refusal?: string;
}

/** The accounts of the portal, by name. */
export async function askForAccounts(
  api: LatticeApi,
): Promise<AccountChoice[]> {
  const { items } = await api.listProvisioningAccounts();
  return items
    .map(toChoice)
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

function toChoice(account: ProvisioningAccount): AccountChoice {
  const { accountId, name, owner, refusal } = account;
  return {
    id: accountId,
    label: name ? `${name} (${accountId})` : accountId,
    description: owner && `owned by ${owner}`,
    owner,
    refusal,
  };
}

/** The only account that the user's groups own, else the only one there is: of several, each would be a guess. */
export function ownAccount(options: {
  choices: AccountChoice[];
  ownershipEntityRefs: string[];
}): AccountChoice | undefined {
  const { choices, ownershipEntityRefs } = options;
  const own = choices.filter(
    ({ owner }) => owner && ownershipEntityRefs.includes(owner),
  );
  const [account, ...others] = own.length > 0 ? own : choices;
  return others.length > 0 ? undefined : account;
}
