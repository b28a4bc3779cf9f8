import type { Subnet } from '../../estate/networkResources';
import type { ServiceOperations } from '../OperationHandler';
import { tagList } from '../../estate/tagList';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';

/** Addresses that AWS keeps of each subnet. */
const RESERVED = 5;

export const subnetOperations: ServiceOperations = {
  DescribeSubnets(input, context) {
    const own = context.estate.subnets.filter(isOwn(context));
    for (const id of input.SubnetIds ?? []) {
      if (!own.some(subnet => subnet.id === id)) {
        throw ec2Error(
          'InvalidSubnetID.NotFound',
          `The subnet ID '${id}' does not exist`,
        );
      }
    }
    const subnets = applyFilters(
      input.Filters,
      own.filter(
        subnet => !input.SubnetIds || input.SubnetIds.includes(subnet.id),
      ),
      filterValues,
    );
    const { items, NextToken } = ec2Page(input, subnets, subnet => subnet.id);
    const used = context.estate.ecsServices
      .values()
      .flatMap(({ tasks }) => tasks.map(({ subnetId }) => subnetId));
    return {
      Subnets: items.map(subnet => ({
        SubnetId: subnet.id,
        SubnetArn: subnet.arn,
        VpcId: subnet.vpcId,
        OwnerId: subnet.accountId,
        CidrBlock: subnet.cidrBlock,
        AvailabilityZone: subnet.availabilityZone,
        AvailabilityZoneId: subnet.availabilityZoneId,
        AvailableIpAddressCount:
          2 ** (32 - Number(subnet.cidrBlock.split('/')[1])) -
          RESERVED -
          used.filter(id => id === subnet.id).length,
        State: 'available',
        DefaultForAz: false,
        MapPublicIpOnLaunch: false,
        Tags: tagList(subnet.tags),
      })),
      NextToken,
    };
  },
};

function filterValues(subnet: Subnet, name: string): string[] | undefined {
  return {
    'subnet-id': [subnet.id],
    'vpc-id': [subnet.vpcId],
    'owner-id': [subnet.accountId],
    'cidr-block': [subnet.cidrBlock],
    'availability-zone': [subnet.availabilityZone],
    'availability-zone-id': [subnet.availabilityZoneId],
    state: ['available'],
    'tag-key': Object.keys(subnet.tags),
  }[name];
}
