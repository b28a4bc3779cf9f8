import type {
  ProvisioningCheck,
  ProvisioningPlan,
} from '@lattice-portal/plugin-lattice-common';
import { checkCertificate } from './checks/checkCertificate';
import { checkDomain } from './checks/checkDomain';
import { checkHostedZone } from './checks/checkHostedZone';
import { checkName } from './checks/checkName';
import {
  checkNetwork,
  checkNetworkName,
  countNetworks,
} from './checks/checkNetwork';
import { isOwnToChange } from './checks/checkOwn';
import { checkQuota } from './checks/checkQuota';
import { passes, refused } from './checks/checkRead';
import { checkSubnets } from './checks/checkSubnets';
import { checkVpc } from './checks/checkVpc';
import type { PlanFacts } from './checks/PlanFacts';

/** Holds a plan against what is known. */
export function checkPlan(
  plan: ProvisioningPlan,
  facts: PlanFacts,
): ProvisioningCheck[] {
  return [
    checkAccount(plan, facts),
    plan.networkArn !== undefined &&
      facts.networks &&
      checkNetwork(plan, facts.networks),
    plan.networkName !== undefined &&
      facts.networks &&
      checkNetworkName(plan, facts, facts.networks),
    facts.nameTaken && checkName(plan, facts),
    facts.domainTaken && checkDomain(plan, facts.domainTaken),
    facts.certificates && checkCertificate(plan, facts.certificates),
    facts.hostedZones && checkHostedZone(plan, facts.hostedZones),
    facts.vpcs && checkVpc(plan, facts),
    facts.subnets && checkSubnets(plan, facts.subnets),
    facts.services &&
      facts.quotas &&
      checkQuota({
        id: 'services-quota',
        used: facts.services,
        quotas: facts.quotas,
        pattern: /^services per (aws )?region$/i,
        what: `services in account ${plan.accountId}`,
      }),
    facts.associations &&
      facts.networkQuotas &&
      checkQuota({
        id: 'associations-quota',
        used: facts.associations,
        quotas: facts.networkQuotas,
        pattern: /^service associations per service network$/i,
        what: 'services in the service network',
      }),
    plan.networkName !== undefined &&
      facts.networks &&
      facts.quotas &&
      !isOwnToChange(facts) &&
      checkQuota({
        id: 'networks-quota',
        used: countNetworks(plan, facts.networks),
        quotas: facts.quotas,
        pattern: /^service networks per (aws )?region$/i,
        what: `service networks of account ${plan.accountId}`,
      }),
  ].filter(check => check !== undefined && check !== false);
}

function checkAccount(
  { accountId }: ProvisioningPlan,
  { refusal }: PlanFacts,
): ProvisioningCheck {
  return refusal
    ? { id: 'account', ...refused(`${refusal}.`) }
    : {
        id: 'account',
        ...passes(`You may create something in account ${accountId}.`),
      };
}
