import type { ProvisioningPlan } from '@lattice-portal/plugin-lattice-common';
import { passes, unknown } from './checkRead';
import type { PlanFacts } from './PlanFacts';

export function isOwnToChange({ isOwn }: PlanFacts): boolean {
  return isOwn?.status === 'known' && isOwn.isOwn;
}

/** What is there already passes where the template changes it. Undefined: it is somebody else's. */
export function checkOwn(
  facts: PlanFacts,
  there: string,
  madeBy: ProvisioningPlan['madeBy'],
) {
  if (facts.isOwn?.status === 'unknown') {
    return unknown(
      `${there}. Whether this template made it could not be read: ${facts.isOwn.reason}`,
    );
  }
  return isOwnToChange(facts)
    ? passes(
        `${there}: this template made it for ${madeBy?.owner}, and changes it.`,
      )
    : undefined;
}
