import type { Vpc } from '../../estate/resources';
import type { ServiceOperations } from '../OperationHandler';
import { tagList } from '../../estate/tagList';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';

export const vpcOperations: ServiceOperations = {
  DescribeVpcs(input, context) {
    const own = context.estate.vpcs.filter(isOwn(context));
    for (const id of input.VpcIds ?? []) {
      if (!own.some(vpc => vpc.id === id)) {
        throw ec2Error(
          'InvalidVpcID.NotFound',
          `The vpc ID '${id}' does not exist`,
        );
      }
    }
    const vpcs = applyFilters(
      input.Filters,
      own.filter(vpc => !input.VpcIds || input.VpcIds.includes(vpc.id)),
      filterValues,
    );
    const { items, NextToken } = ec2Page(input, vpcs, vpc => vpc.id);
    return { Vpcs: items.map(describe), NextToken };
  },
};

function filterValues(vpc: Vpc, name: string): string[] | undefined {
  return {
    'vpc-id': [vpc.id],
    cidr: [vpc.cidrBlock],
    'owner-id': [vpc.accountId],
    state: ['available'],
    'is-default': ['false'],
    'tag-key': Object.keys(vpc.tags),
  }[name];
}

function describe(vpc: Vpc) {
  return {
    VpcId: vpc.id,
    OwnerId: vpc.accountId,
    CidrBlock: vpc.cidrBlock,
    State: 'available',
    InstanceTenancy: 'default',
    IsDefault: false,
    Tags: tagList(vpc.tags),
  };
}
