import { ResourceProvider, UpdateRequest } from '../ResourceProvider';
import { ipPermission } from './ipPermission';
import { retag, tagSpecifications } from './retag';

/** A new group allows this outbound. */
const TO_EVERYWHERE = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

type Rule = Record<string, any>;

/** A rule by what it allows, which its description is no part of. */
function keyOf({ Description: _, ...rule }: Rule): string {
  return JSON.stringify(Object.entries(rule).sort());
}

/** Brings the rules of one direction to those of the update; those of other resources stay. */
async function updateRules(
  { physicalId: GroupId, call }: UpdateRequest,
  direction: 'ingress' | 'egress',
  before: Rule[],
  after: Rule[],
): Promise<void> {
  const kind = direction === 'ingress' ? 'Ingress' : 'Egress';
  // An update that failed half-way has done some of the changes already.
  const attempt = async (operation: string, rule: Rule, done: string) => {
    try {
      await call('ec2', `${operation}SecurityGroup${kind}`, {
        GroupId,
        IpPermissions: [ipPermission(direction, rule)],
      });
    } catch (error) {
      if ((error as { code?: string }).code !== done) {
        throw error;
      }
    }
  };
  const without = (rules: Rule[], others: Rule[]) => {
    const keys = new Set(others.map(keyOf));
    return rules.filter(rule => !keys.has(keyOf(rule)));
  };
  for (const rule of without(before, after)) {
    await attempt('Revoke', rule, 'InvalidPermission.NotFound');
  }
  for (const rule of without(after, before)) {
    await attempt('Authorize', rule, 'InvalidPermission.Duplicate');
  }
}

export const securityGroup: ResourceProvider = {
  type: 'AWS::EC2::SecurityGroup',
  async create({ properties, tags, call, generateName, exists }) {
    const { GroupId } = await call('ec2', 'CreateSecurityGroup', {
      GroupName: properties.GroupName ?? generateName({ maximumLength: 255 }),
      Description: properties.GroupDescription,
      VpcId: properties.VpcId,
      TagSpecifications: tagSpecifications('security-group', tags),
    });
    exists(GroupId);
    const ingress = properties.SecurityGroupIngress ?? [];
    if (ingress.length > 0) {
      await call('ec2', 'AuthorizeSecurityGroupIngress', {
        GroupId,
        IpPermissions: ingress.map((rule: any) =>
          ipPermission('ingress', rule),
        ),
      });
    }
    const egress = properties.SecurityGroupEgress;
    if (egress) {
      // Declared egress rules replace the one that a new group has.
      await call('ec2', 'RevokeSecurityGroupEgress', {
        GroupId,
        IpPermissions: [ipPermission('egress', TO_EVERYWHERE)],
      });
      await call('ec2', 'AuthorizeSecurityGroupEgress', {
        GroupId,
        IpPermissions: egress.map((rule: any) => ipPermission('egress', rule)),
      });
    }
    return {
      physicalId: GroupId,
      attributes: { GroupId, Id: GroupId, VpcId: properties.VpcId },
    };
  },
  async update(request) {
    const { properties, previousProperties } = request;
    await updateRules(
      request,
      'ingress',
      previousProperties.SecurityGroupIngress ?? [],
      properties.SecurityGroupIngress ?? [],
    );
    await updateRules(
      request,
      'egress',
      previousProperties.SecurityGroupEgress ?? [TO_EVERYWHERE],
      properties.SecurityGroupEgress ?? [TO_EVERYWHERE],
    );
    await retag(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('ec2', 'DeleteSecurityGroup', { GroupId: physicalId });
  },
};
