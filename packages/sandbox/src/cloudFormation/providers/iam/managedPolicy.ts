import { ResourceProvider } from '../ResourceProvider';
import { policyText } from './policyText';

export const managedPolicy: ResourceProvider = {
  type: 'AWS::IAM::ManagedPolicy',
  properties: [
    'Description',
    'ManagedPolicyName',
    'Path',
    'PolicyDocument',
    'Roles',
  ],
  async create({ properties, call, generateName, exists }) {
    const { Policy } = await call('iam', 'CreatePolicy', {
      PolicyName: properties.ManagedPolicyName ?? generateName(),
      Path: properties.Path,
      Description: properties.Description,
      PolicyDocument: policyText(properties.PolicyDocument),
    });
    exists(Policy.Arn);
    for (const RoleName of properties.Roles ?? []) {
      await call('iam', 'AttachRolePolicy', {
        RoleName,
        PolicyArn: Policy.Arn,
      });
    }
    return {
      physicalId: Policy.Arn,
      attributes: {
        PolicyArn: Policy.Arn,
        DefaultVersionId: Policy.DefaultVersionId,
        IsAttachable: Policy.IsAttachable,
      },
    };
  },
  async update({
    physicalId: PolicyArn,
    properties,
    previousProperties,
    call,
  }) {
    const { Versions } = await call('iam', 'ListPolicyVersions', { PolicyArn });
    // Versions of before are of no use to the stack, and there may be five of them at most.
    for (const { VersionId, IsDefaultVersion } of Versions) {
      if (!IsDefaultVersion) {
        await call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
      }
    }
    const { PolicyVersion } = await call('iam', 'CreatePolicyVersion', {
      PolicyArn,
      PolicyDocument: policyText(properties.PolicyDocument),
      SetAsDefault: true,
    });
    const { Roles = [] } = properties;
    for (const RoleName of Roles) {
      await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    }
    for (const RoleName of previousProperties.Roles ?? []) {
      if (!Roles.includes(RoleName)) {
        await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
      }
    }
    return { attributes: { DefaultVersionId: PolicyVersion.VersionId } };
  },
  async delete({ physicalId: PolicyArn, properties, call }) {
    const { Versions } = await call('iam', 'ListPolicyVersions', { PolicyArn });
    for (const RoleName of properties.Roles ?? []) {
      const { AttachedPolicies } = await call(
        'iam',
        'ListAttachedRolePolicies',
        { RoleName },
      );
      if (AttachedPolicies.some((item: any) => item.PolicyArn === PolicyArn)) {
        await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
      }
    }
    for (const { VersionId, IsDefaultVersion } of Versions) {
      if (!IsDefaultVersion) {
        await call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
      }
    }
    await call('iam', 'DeletePolicy', { PolicyArn });
  },
};
