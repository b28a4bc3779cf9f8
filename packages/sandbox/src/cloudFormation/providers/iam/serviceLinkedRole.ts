import { ResourceProvider } from '../ResourceProvider';

export const serviceLinkedRole: ResourceProvider = {
  type: 'AWS::IAM::ServiceLinkedRole',
  async create({ properties, call, exists }) {
    const { Role } = await call('iam', 'CreateServiceLinkedRole', properties);
    exists(Role.RoleName);
    return {
      physicalId: Role.RoleName,
      attributes: { RoleName: Role.RoleName },
    };
  },
  async update({ physicalId: RoleName, properties, call }) {
    const { Description = '' } = properties;
    await call('iam', 'UpdateRole', { RoleName, Description });
    return {};
  },
  async delete({ physicalId: RoleName, call }) {
    await call('iam', 'DeleteServiceLinkedRole', { RoleName });
  },
};
