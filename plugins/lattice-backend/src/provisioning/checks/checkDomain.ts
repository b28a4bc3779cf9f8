import type {
  ProvisioningPlan,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { checkRead, passes, refused } from './checkRead';
import type { TakenBy } from './PlanFacts';

export function checkDomain(
  { domainName }: ProvisioningPlan,
  taken: ReadResult<TakenBy>,
) {
  return checkRead('domain-name', taken, 'Host names in use', ([other]) =>
    other
      ? refused(
          `${domainName} is the host name of ${other.description}. A host name can be used once in a service network; choose another one.`,
        )
      : passes(`The host name ${domainName} is free.`),
  );
}
