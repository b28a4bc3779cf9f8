import type {
  KnownAccount,
  LatticeApi,
} from '@lattice-portal/plugin-lattice-common';
import type { Choice } from './Choice';

/** The accounts of the portal, by name. */
export async function askForAccounts(api: LatticeApi): Promise<Choice[]> {
  const { items } = await api.listAccounts();
  return items
    .map(toChoice)
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

function toChoice(account: KnownAccount): Choice {
  const { accountId, name, owner } = account;
  return {
    id: accountId,
    label: name ? `${name} (${accountId})` : accountId,
    description: owner && `owned by ${owner}`,
  };
}

/** The first account one of the user's groups owns. */
export function ownAccount(options: {
  choices: Choice[];
  ownershipEntityRefs: string[];
}): Choice | undefined {
  const owned = options.ownershipEntityRefs.map(ref => `owned by ${ref}`);
  return options.choices.find(
    ({ description }) => description && owned.includes(description),
  );
}
