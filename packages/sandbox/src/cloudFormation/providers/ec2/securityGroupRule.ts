import { ResourceProvider } from '../ResourceProvider';
import { ipPermission } from './ipPermission';

function provider(direction: 'ingress' | 'egress'): ResourceProvider {
  const kind = direction === 'ingress' ? 'Ingress' : 'Egress';
  return {
    type: `AWS::EC2::SecurityGroup${kind}`,
    async create({ properties, call, generateName, exists }) {
      const { SecurityGroupRules = [] } = await call(
        'ec2',
        `AuthorizeSecurityGroup${kind}`,
        {
          GroupId: properties.GroupId,
          IpPermissions: [ipPermission(direction, properties)],
        },
      );
      const physicalId =
        SecurityGroupRules[0]?.SecurityGroupRuleId ?? generateName();
      exists(physicalId);
      return { physicalId, attributes: { Id: physicalId } };
    },
    // Only its description can change, and that is not kept.
    async update() {
      return {};
    },
    async delete({ properties, call }) {
      await call('ec2', `RevokeSecurityGroup${kind}`, {
        GroupId: properties.GroupId,
        IpPermissions: [ipPermission(direction, properties)],
      });
    },
  };
}

export const securityGroupIngress = provider('ingress');
export const securityGroupEgress = provider('egress');
