import { checkCertificate } from './checkCertificate';
import { checkDomainName } from './checkDomainName';
import { checkHostedZone } from './checkHostedZone';
import { checkQuotas } from './checkQuotas';
import { checkServiceName } from './checkServiceName';
import { checkServiceNetwork } from './checkServiceNetwork';
import { checkSubnets } from './checkSubnets';
import { checkVpcAssociation } from './checkVpcAssociation';
import type { CheckResult, LaunchCheck } from './LaunchCheck';
import type { LaunchFacts } from './LaunchFacts';
import type { LaunchRequest } from './LaunchRequest';

const checks: LaunchCheck[] = [
  checkServiceName,
  checkServiceNetwork,
  checkVpcAssociation,
  checkSubnets,
  checkDomainName,
  checkCertificate,
  checkHostedZone,
  checkQuotas,
];

/** Everything that speaks against a launch, and what could not be checked. */
export function checkLaunch(
  request: LaunchRequest,
  facts: LaunchFacts,
): CheckResult {
  const results = checks.flatMap(check => check(request, facts) ?? []);
  return {
    refusals: results.flatMap(({ refusals }) => refusals),
    unchecked: [...new Set(results.flatMap(({ unchecked }) => unchecked))],
  };
}
