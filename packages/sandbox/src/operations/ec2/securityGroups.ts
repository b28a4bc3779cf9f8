import type { SecurityGroup } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { tagList } from '../../estate/tagList';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';
import { toPermissions } from './permissions';

export const securityGroupOperations: ServiceOperations = {
  CreateSecurityGroup(input, context) {
    const { GroupName: name, Description: description, VpcId } = input;
    const { accountId, region, estate } = context;
    const vpc = estate.vpcs.get(VpcId ?? '');
    if (!vpc || !isOwn(context)(vpc)) {
      throw VpcId
        ? ec2Error(
            'InvalidVpcID.NotFound',
            `The vpc ID '${VpcId}' does not exist`,
          )
        : ec2Error('VPCIdNotSpecified', 'No default VPC for this user');
    }
    if (
      estate.securityGroups.find(
        group => group.vpcId === vpc.id && group.name === name,
      )
    ) {
      throw ec2Error(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    }
    const tags: Record<string, string> = {};
    for (const { Tags = [] } of input.TagSpecifications ?? []) {
      for (const { Key, Value } of Tags) {
        tags[Key] = Value ?? '';
      }
    }
    const id = randomId('sg');
    const arn = `arn:aws:ec2:${region}:${accountId}:security-group/${id}`;
    estate.securityGroups.put(id, {
      accountId,
      region,
      arn,
      id,
      name,
      description,
      vpcId: vpc.id,
      // A new group lets everything out.
      rules: [{ direction: 'egress', protocol: '-1', cidr: '0.0.0.0/0' }],
      tags,
    });
    return { GroupId: id, SecurityGroupArn: arn, Tags: tagList(tags) };
  },

  DescribeSecurityGroups(input, context) {
    const own = context.estate.securityGroups.filter(isOwn(context));
    for (const id of input.GroupIds ?? []) {
      findSecurityGroup(context, { GroupId: id });
    }
    const groups = applyFilters(
      input.Filters,
      own.filter(
        group =>
          (!input.GroupIds || input.GroupIds.includes(group.id)) &&
          (!input.GroupNames || input.GroupNames.includes(group.name)),
      ),
      filterValues,
    );
    const { items, NextToken } = ec2Page(input, groups, group => group.id);
    return { SecurityGroups: items.map(describe), NextToken };
  },

  DeleteSecurityGroup(input, context) {
    const { estate } = context;
    const group = findSecurityGroup(context, input);
    const isReferenced =
      estate.vpcAssociations.find(association =>
        association.securityGroupIds.includes(group.id),
      ) ??
      estate.vpcEndpoints.find(({ securityGroupIds }) =>
        securityGroupIds.includes(group.id),
      ) ??
      estate.loadBalancers.find(({ securityGroupIds }) =>
        securityGroupIds.includes(group.id),
      ) ??
      estate.securityGroups.find(
        other =>
          other.id !== group.id &&
          other.rules.some(rule => rule.securityGroupId === group.id),
      );
    if (isReferenced) {
      throw ec2Error(
        'DependencyViolation',
        `resource ${group.id} has a dependent object`,
      );
    }
    estate.securityGroups.delete(group.id);
    return { Return: true, GroupId: group.id };
  },
};

/** @throws AwsError InvalidGroup.NotFound */
export function findSecurityGroup(
  context: OperationContext,
  input: { GroupId?: string; GroupName?: string },
): SecurityGroup {
  const { GroupId, GroupName } = input;
  const group = context.estate.securityGroups.find(
    candidate =>
      isOwn(context)(candidate) &&
      (GroupId ? candidate.id === GroupId : candidate.name === GroupName),
  );
  if (!group) {
    throw ec2Error(
      'InvalidGroup.NotFound',
      `The security group '${GroupId ?? GroupName}' does not exist`,
    );
  }
  return group;
}

function filterValues(
  group: SecurityGroup,
  name: string,
): string[] | undefined {
  return {
    'group-id': [group.id],
    'group-name': [group.name],
    'vpc-id': [group.vpcId],
    'owner-id': [group.accountId],
    description: [group.description],
    'tag-key': Object.keys(group.tags),
  }[name];
}

function describe(group: SecurityGroup) {
  const rulesOf = (direction: string) =>
    group.rules.filter(rule => rule.direction === direction);
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: group.accountId,
    VpcId: group.vpcId,
    SecurityGroupArn: group.arn,
    Tags: tagList(group.tags),
    IpPermissions: toPermissions(group, rulesOf('ingress')),
    IpPermissionsEgress: toPermissions(group, rulesOf('egress')),
  };
}
