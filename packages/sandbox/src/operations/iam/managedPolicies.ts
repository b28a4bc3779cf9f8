import type { ManagedPolicy, PolicyJson } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { formatDocument, iamPage, noSuchEntity, parseDocument } from './common';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const VERSIONS_PER_POLICY = 5;

export const managedPolicyOperations: ServiceOperations = {
  CreatePolicy(input, context) {
    const { PolicyName: name, Path: path = '/' } = input;
    const { accountId, estate } = context;
    const arn = `arn:aws:iam::${accountId}:policy${path}${name}`;
    if (estate.managedPolicies.has(arn)) {
      throw new AwsError({
        code: 'EntityAlreadyExistsException',
        message: `A policy called ${name} already exists.`,
      });
    }
    const document = parseDocument(input.PolicyDocument);
    const policy = { arn, accountId, name, document };
    return {
      Policy: describe(context, estate.managedPolicies.put(arn, policy)),
    };
  },

  GetPolicy(input, context) {
    return { Policy: describe(context, find(context, input.PolicyArn)) };
  },

  GetPolicyVersion(input, context) {
    const policy = find(context, input.PolicyArn);
    const { VersionId } = input;
    const document = versionsOf(policy)[VersionId];
    if (!document) {
      throw noVersion(policy, VersionId);
    }
    return {
      PolicyVersion: {
        Document: formatDocument(document),
        VersionId,
        IsDefaultVersion: VersionId === defaultVersion(policy),
      },
    };
  },

  ListPolicyVersions(input, context) {
    const policy = find(context, input.PolicyArn);
    const { items, ...rest } = iamPage(
      input,
      Object.keys(versionsOf(policy)),
      id => id,
    );
    return {
      Versions: items.map(VersionId => ({
        VersionId,
        IsDefaultVersion: VersionId === defaultVersion(policy),
      })),
      ...rest,
    };
  },

  CreatePolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault }, context) {
    const policy = find(context, PolicyArn);
    const versions = versionsOf(policy);
    const ids = Object.keys(versions);
    if (ids.length >= VERSIONS_PER_POLICY) {
      throw new AwsError({
        code: 'LimitExceededException',
        message: `A managed policy can have up to ${VERSIONS_PER_POLICY} versions. Before you create a new version, you must delete an existing version.`,
      });
    }
    const number = Math.max(...ids.map(id => Number(id.slice(1)))) + 1;
    const id = `v${number}`;
    versions[id] = parseDocument(PolicyDocument);
    const current = SetAsDefault ? id : defaultVersion(policy);
    putVersions(context, policy, versions, current);
    return {
      PolicyVersion: { VersionId: id, IsDefaultVersion: SetAsDefault === true },
    };
  },

  DeletePolicyVersion({ PolicyArn, VersionId }, context) {
    const policy = find(context, PolicyArn);
    const versions = versionsOf(policy);
    if (!versions[VersionId]) {
      throw noVersion(policy, VersionId);
    }
    if (VersionId === defaultVersion(policy)) {
      throw new AwsError({
        code: 'DeleteConflictException',
        message: 'Cannot delete the default version of a policy.',
      });
    }
    delete versions[VersionId];
    putVersions(context, policy, versions, defaultVersion(policy));
  },

  ListPolicies(input, context) {
    const { Scope = 'All', OnlyAttached } = input;
    const policies = context.estate.managedPolicies
      .filter(
        policy =>
          (policy.accountId === context.accountId && Scope !== 'AWS') ||
          (policy.accountId === 'aws' && Scope !== 'Local'),
      )
      .map(policy => describe(context, policy))
      .filter(policy => !OnlyAttached || policy.AttachmentCount > 0);
    const { items, ...rest } = iamPage(input, policies, policy => policy.Arn);
    return { Policies: items, ...rest };
  },

  DeletePolicy(input, context) {
    const policy = find(context, input.PolicyArn);
    if (describe(context, policy).AttachmentCount > 0) {
      throw new AwsError({
        code: 'DeleteConflictException',
        message: 'Cannot delete a policy attached to entities.',
      });
    }
    if (Object.keys(policy.otherVersions ?? {}).length > 0) {
      throw new AwsError({
        code: 'DeleteConflictException',
        message:
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.",
      });
    }
    context.estate.managedPolicies.delete(policy.arn);
  },
};

function defaultVersion({ defaultVersionId = 'v1' }: ManagedPolicy): string {
  return defaultVersionId;
}

/** All versions by id. */
function versionsOf(policy: ManagedPolicy): Record<string, PolicyJson> {
  return {
    ...policy.otherVersions,
    [defaultVersion(policy)]: policy.document,
  };
}

function putVersions(
  { estate }: OperationContext,
  policy: ManagedPolicy,
  versions: Record<string, PolicyJson>,
  defaultVersionId: string,
): void {
  const { [defaultVersionId]: document, ...otherVersions } = versions;
  estate.managedPolicies.put(policy.arn, {
    ...policy,
    document,
    defaultVersionId,
    otherVersions,
  });
}

function noVersion({ arn }: ManagedPolicy, versionId: string): AwsError {
  return noSuchEntity(`Policy ${arn} version ${versionId} does not exist.`);
}

function find({ estate, accountId }: OperationContext, arn: string) {
  const policy = estate.managedPolicies.get(arn);
  if (!policy || !['aws', accountId].includes(policy.accountId)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

function describe(
  { estate, accountId }: OperationContext,
  policy: ManagedPolicy,
) {
  return {
    PolicyName: policy.name,
    Arn: policy.arn,
    Path: policy.arn.replace(/^.*:policy/, '').replace(/[^/]+$/, ''),
    DefaultVersionId: defaultVersion(policy),
    AttachmentCount: estate.roles.filter(
      role =>
        role.accountId === accountId &&
        role.attachedPolicyArns.includes(policy.arn),
    ).length,
    IsAttachable: true,
  };
}
