import { ResourceProvider, UpdateRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';
import { policyText } from './policyText';
import { tagList } from '../../../estate/tagList';

async function updatePolicies(request: UpdateRequest): Promise<void> {
  const {
    physicalId: RoleName,
    properties,
    previousProperties,
    call,
  } = request;
  const { Policies = [], ManagedPolicyArns = [] } = properties;
  for (const { PolicyName, PolicyDocument } of Policies) {
    await call('iam', 'PutRolePolicy', {
      RoleName,
      PolicyName,
      PolicyDocument: policyText(PolicyDocument),
    });
  }
  const { PolicyNames } = await call('iam', 'ListRolePolicies', { RoleName });
  // Policies that others put on the role stay.
  for (const { PolicyName } of previousProperties.Policies ?? []) {
    const isKept = Policies.some((item: any) => item.PolicyName === PolicyName);
    if (!isKept && PolicyNames.includes(PolicyName)) {
      await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
    }
  }
  for (const PolicyArn of ManagedPolicyArns) {
    await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  }
  const { AttachedPolicies } = await call('iam', 'ListAttachedRolePolicies', {
    RoleName,
  });
  for (const PolicyArn of previousProperties.ManagedPolicyArns ?? []) {
    const isAttached = AttachedPolicies.some(
      (item: any) => item.PolicyArn === PolicyArn,
    );
    if (isAttached && !ManagedPolicyArns.includes(PolicyArn)) {
      await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
    }
  }
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
      Tags: tagList(tags),
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
  async update(request) {
    const { physicalId: RoleName, properties, call } = request;
    await call('iam', 'UpdateAssumeRolePolicy', {
      RoleName,
      PolicyDocument: policyText(properties.AssumeRolePolicyDocument),
    });
    await call('iam', 'UpdateRole', {
      RoleName,
      Description: properties.Description ?? '',
      MaxSessionDuration: properties.MaxSessionDuration ?? 3600,
    });
    await updatePolicies(request);
    const { put, remove } = tagChanges(request);
    if (remove.length > 0) {
      await call('iam', 'UntagRole', { RoleName, TagKeys: remove });
    }
    if (Object.keys(put).length > 0) {
      await call('iam', 'TagRole', {
        RoleName,
        Tags: tagList(put),
      });
    }
    return {};
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
