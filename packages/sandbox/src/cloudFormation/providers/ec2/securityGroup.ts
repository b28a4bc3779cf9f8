import { ResourceProvider } from '../ResourceProvider';
import { ipPermission } from './ipPermission';

export const securityGroup: ResourceProvider = {
  type: 'AWS::EC2::SecurityGroup',
  async create({ properties, tags, call, generateName, exists }) {
    const { GroupId } = await call('ec2', 'CreateSecurityGroup', {
      GroupName: properties.GroupName ?? generateName({ maximumLength: 255 }),
      Description: properties.GroupDescription,
      VpcId: properties.VpcId,
      TagSpecifications: [
        {
          ResourceType: 'security-group',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
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
        IpPermissions: [
          { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
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
  async delete({ physicalId, call }) {
    await call('ec2', 'DeleteSecurityGroup', { GroupId: physicalId });
  },
};
