import { ResourceProvider } from '../ResourceProvider';

function policyText(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

export const role: ResourceProvider = {
  type: 'AWS::IAM::Role',
  properties: [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'Policies',
    'RoleName',
    'Tags',
  ],
  async create({ properties, tags, call, generateName, exists }) {
    const RoleName = properties.RoleName ?? generateName();
    const { Role: made } = await call('iam', 'CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: policyText(properties.AssumeRolePolicyDocument),
      Path: properties.Path,
      Description: properties.Description,
      MaxSessionDuration: properties.MaxSessionDuration,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    exists(RoleName);
    for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) {
      await call('iam', 'PutRolePolicy', {
        RoleName,
        PolicyName,
        PolicyDocument: policyText(PolicyDocument),
      });
    }
    for (const PolicyArn of properties.ManagedPolicyArns ?? []) {
      await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    }
    return {
      physicalId: RoleName,
      attributes: { Arn: made.Arn, RoleId: made.RoleId },
    };
  },
  async delete({ physicalId: RoleName, call }) {
    const { PolicyNames = [] } = await call('iam', 'ListRolePolicies', {
      RoleName,
    });
    for (const PolicyName of PolicyNames) {
      await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
    }
    const { AttachedPolicies = [] } = await call(
      'iam',
      'ListAttachedRolePolicies',
      { RoleName },
    );
    for (const { PolicyArn } of AttachedPolicies) {
      await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
    }
    await call('iam', 'DeleteRole', { RoleName });
  },
};
