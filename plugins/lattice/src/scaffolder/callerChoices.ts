import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import type { Choice } from './Choice';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

/** Whether an id of a caller is the ARN of a role: only roles can be let in by a new service. */
export function isRoleArn(id: string): boolean {
  return ROLE_ARN.test(id);
}

/** The portal's own roles in the accounts, those that launch products among them: they call no services. */
const PORTAL_ROLE_NAME = /^lattice-portal-/;

/** The roles the estate or the access logs know, without the portal's own. */
export async function askForCallers(api: LatticeApi): Promise<Choice[]> {
  const { items } = await api.listCallers();
  return items
    .filter(({ id, name }) => isRoleArn(id) && !PORTAL_ROLE_NAME.test(name))
    .map(({ id, name, accountId, owner }) => ({
      id,
      label: name,
      description: [accountId && `account ${accountId}`, owner]
        .filter(Boolean)
        .join(', '),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** The callers of these names. */
export function callersNamed(choices: Choice[], names: string[]): string[] {
  return choices.filter(({ label }) => names.includes(label)).map(c => c.id);
}
