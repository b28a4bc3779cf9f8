import { ResourceProvider } from '../ResourceProvider';

export const permission: ResourceProvider = {
  type: 'AWS::Lambda::Permission',
  properties: [
    'Action',
    'FunctionName',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  async create({ properties, call, generateName, exists }) {
    const StatementId = generateName({ maximumLength: 100 });
    await call('lambda', 'AddPermission', { ...properties, StatementId });
    exists(StatementId);
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  async delete({ physicalId, properties, call }) {
    await call('lambda', 'RemovePermission', {
      FunctionName: properties.FunctionName,
      StatementId: physicalId,
    });
  },
};
