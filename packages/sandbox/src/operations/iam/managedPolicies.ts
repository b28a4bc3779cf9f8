import type { ManagedPolicy } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { formatDocument, iamPage, noSuchEntity, parseDocument } from './common';

/** The sandbox keeps one version of each policy. */
const VERSION = 'v1';

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
    if (input.VersionId !== VERSION) {
      throw noSuchEntity(
        `Policy ${policy.arn} version ${input.VersionId} does not exist.`,
      );
    }
    return {
      PolicyVersion: {
        Document: formatDocument(policy.document),
        VersionId: VERSION,
        IsDefaultVersion: true,
      },
    };
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
    context.estate.managedPolicies.delete(policy.arn);
  },
};

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
    DefaultVersionId: VERSION,
    AttachmentCount: estate.roles.filter(
      role =>
        role.accountId === accountId &&
        role.attachedPolicyArns.includes(policy.arn),
    ).length,
    IsAttachable: true,
  };
}
