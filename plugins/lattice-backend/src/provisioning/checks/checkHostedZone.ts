import type {
  ProvisioningHostedZone,
  ProvisioningPlan,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { checkRead, passes, refused } from './checkRead';

export function checkHostedZone(
  { hostedZoneId, domainName }: ProvisioningPlan,
  zones: ReadResult<ProvisioningHostedZone>,
) {
  return checkRead('hosted-zone', zones, 'The hosted zones', items => {
    const zone = items.find(({ id }) => id === hostedZoneId);
    if (!zone) {
      return refused(`Hosted zone ${hostedZoneId} is not in this account.`);
    }
    return domainName && !`.${domainName}`.endsWith(`.${zone.name}`)
      ? refused(`Hosted zone ${zone.name} has no place for ${domainName}.`)
      : passes(`Hosted zone ${zone.name} takes the record.`);
  });
}
