import { ResourceProvider } from '../ResourceProvider';

export const resourceShare: ResourceProvider = {
  type: 'AWS::RAM::ResourceShare',
  properties: [
    'AllowExternalPrincipals',
    'Name',
    'PermissionArns',
    'Principals',
    'ResourceArns',
    'Tags',
  ],
  async create({ properties, tags, call, exists }) {
    const { resourceShare: made } = await call('ram', 'CreateResourceShare', {
      name: properties.Name,
      resourceArns: properties.ResourceArns,
      principals: properties.Principals,
      permissionArns: properties.PermissionArns,
      // CloudFormation's default, as the API's.
      allowExternalPrincipals: properties.AllowExternalPrincipals ?? true,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    exists(made.resourceShareArn);
    return {
      physicalId: made.resourceShareArn,
      attributes: {
        Arn: made.resourceShareArn,
        OwningAccountId: made.owningAccountId,
        Status: made.status,
        CreationTime: new Date(made.creationTime).toISOString(),
        LastUpdatedTime: new Date(made.lastUpdatedTime).toISOString(),
      },
    };
  },
  async delete({ physicalId, call }) {
    await call('ram', 'DeleteResourceShare', { resourceShareArn: physicalId });
  },
};
