import { ResourceProvider } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';

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
  async update(request) {
    const { physicalId: resourceShareArn, properties, call } = request;
    const { previousProperties } = request;
    await call('ram', 'UpdateResourceShare', {
      resourceShareArn,
      name: properties.Name,
      allowExternalPrincipals: properties.AllowExternalPrincipals ?? true,
    });
    const without = (left: string[] = [], right: string[] = []) =>
      left.filter(item => !right.includes(item));
    const changed = (before: any, after: any) => ({
      resourceShareArn,
      resourceArns: without(before.ResourceArns, after.ResourceArns),
      principals: without(before.Principals, after.Principals),
    });
    const added = changed(properties, previousProperties);
    const removed = changed(previousProperties, properties);
    if (added.resourceArns.length + added.principals.length > 0) {
      await call('ram', 'AssociateResourceShare', added);
    }
    if (removed.resourceArns.length + removed.principals.length > 0) {
      await call('ram', 'DisassociateResourceShare', removed);
    }
    const { put, remove } = tagChanges(request);
    if (remove.length > 0) {
      await call('ram', 'UntagResource', { resourceShareArn, tagKeys: remove });
    }
    if (Object.keys(put).length > 0) {
      await call('ram', 'TagResource', {
        resourceShareArn,
        tags: Object.entries(put).map(([key, value]) => ({ key, value })),
      });
    }
    return {};
  },
  async delete({ physicalId, call }) {
    await call('ram', 'DeleteResourceShare', { resourceShareArn: physicalId });
  },
};
