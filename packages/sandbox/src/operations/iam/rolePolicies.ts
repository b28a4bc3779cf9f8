import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import {
  findRole,
  formatDocument,
  iamPage,
  noSuchEntity,
  parseDocument,
} from './common';

export const rolePolicyOperations: ServiceOperations = {
  PutRolePolicy(input, context) {
    const role = findRole(context, input.RoleName);
    const inlinePolicies = {
      ...role.inlinePolicies,
      [input.PolicyName]: parseDocument(input.PolicyDocument),
    };
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    if (JSON.stringify(Object.values(inlinePolicies)).length > 10_240) {
      throw new AwsError({
        code: 'LimitExceededException',
        message: `Maximum policy size of 10240 bytes exceeded for role ${role.name}`,
      });
    }
    context.estate.roles.put(role.arn, { ...role, inlinePolicies });
  },

  GetRolePolicy(input, context) {
    const { RoleName, PolicyName } = input;
    const document = findRole(context, RoleName).inlinePolicies[PolicyName];
    if (!document) {
      throw noSuchEntity(
        `The role policy with name ${PolicyName} cannot be found.`,
      );
    }
    return { RoleName, PolicyName, PolicyDocument: formatDocument(document) };
  },

  ListRolePolicies(input, context) {
    const role = findRole(context, input.RoleName);
    const names = Object.keys(role.inlinePolicies);
    const { items, ...rest } = iamPage(input, names, name => name);
    return { PolicyNames: items, ...rest };
  },

  DeleteRolePolicy(input, context) {
    const role = findRole(context, input.RoleName);
    const { [input.PolicyName]: document, ...inlinePolicies } =
      role.inlinePolicies;
    if (!document) {
      throw noSuchEntity(
        `The role policy with name ${input.PolicyName} cannot be found.`,
      );
    }
    context.estate.roles.put(role.arn, { ...role, inlinePolicies });
  },

  AttachRolePolicy(input, context) {
    const { PolicyArn } = input;
    const role = findRole(context, input.RoleName);
    // Of AWS's own policies the sandbox knows those of the estate; others can be attached, and give
    // nothing.
    if (
      !PolicyArn.startsWith('arn:aws:iam::aws:policy/') &&
      !context.estate.managedPolicies.has(PolicyArn)
    ) {
      throw noSuchEntity(
        `Policy ${PolicyArn} does not exist or is not attachable.`,
      );
    }
    context.estate.roles.put(role.arn, {
      ...role,
      attachedPolicyArns: [...new Set([...role.attachedPolicyArns, PolicyArn])],
    });
  },

  DetachRolePolicy(input, context) {
    const role = findRole(context, input.RoleName);
    if (!role.attachedPolicyArns.includes(input.PolicyArn)) {
      throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
    }
    context.estate.roles.put(role.arn, {
      ...role,
      attachedPolicyArns: role.attachedPolicyArns.filter(
        arn => arn !== input.PolicyArn,
      ),
    });
  },

  ListAttachedRolePolicies(input, context) {
    const role = findRole(context, input.RoleName);
    const { items, ...rest } = iamPage(
      input,
      role.attachedPolicyArns,
      arn => arn,
    );
    return {
      AttachedPolicies: items.map(PolicyArn => ({
        PolicyArn,
        PolicyName: PolicyArn.split('/').at(-1),
      })),
      ...rest,
    };
  },
};
