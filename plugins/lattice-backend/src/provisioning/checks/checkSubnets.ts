import type {
  ProvisioningPlan,
  ProvisioningSubnet,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { checkRead, passes, refused } from './checkRead';

export function checkSubnets(
  { subnetIds = [], vpcId }: ProvisioningPlan,
  subnets: ReadResult<ProvisioningSubnet>,
) {
  return checkRead('subnets', subnets, 'The subnets', items => {
    const foreign = subnetIds.filter(id => !items.some(s => s.id === id));
    const full = items.filter(
      ({ id, availableAddresses }) =>
        subnetIds.includes(id) && availableAddresses === 0,
    );
    if (foreign.length > 0) {
      return refused(`${foreign.join(', ')}: not in ${vpcId}.`);
    }
    return full.length > 0
      ? refused(
          `${full.map(({ id }) => id).join(', ')}: no address is left there.`,
        )
      : passes('The subnets are in the VPC.');
  });
}
