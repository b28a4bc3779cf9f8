import type { ProvisioningPlan } from '@lattice-portal/plugin-lattice-common';
import { checkRead, passes, refused } from './checkRead';
import type { PlanFacts } from './PlanFacts';

export function checkName(
  { serviceName, accountId, madeBy }: ProvisioningPlan,
  { nameTaken, isChange }: PlanFacts,
) {
  return checkRead('service-name', nameTaken!, 'Names in use', ([other]) => {
    if (isChange) {
      return passes(
        `The service ${serviceName} is there: this template made it for ${madeBy?.owner}, and changes it.`,
      );
    }
    return other
      ? refused(
          `Account ${accountId} has a service ${serviceName} already. Choose another name.`,
        )
      : passes(`The name ${serviceName} is free.`);
  });
}
