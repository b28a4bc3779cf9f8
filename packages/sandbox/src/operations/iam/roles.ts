import { randomBytes } from 'crypto';
import type { Role } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { findRole, formatDocument, iamPage, parseDocument } from './common';
import { tagList, tagsFrom } from '../../estate/tagList';

export const roleOperations: ServiceOperations = {
  CreateRole(input, context) {
    const { RoleName: name, Path: path = '/' } = input;
    const { accountId, estate } = context;
    if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new AwsError({
        code: 'ValidationError',
        message: `The specified value for roleName is invalid: ${name}`,
      });
    }
    if (
      estate.roles.find(
        role => role.accountId === accountId && role.name === name,
      )
    ) {
      throw new AwsError({
        code: 'EntityAlreadyExistsException',
        message: `Role with name ${name} already exists.`,
      });
    }
    const arn = `arn:aws:iam::${accountId}:role${path}${name}`;
    const role = estate.roles.put(arn, {
      arn,
      accountId,
      name,
      path,
      id: `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`,
      trustPolicy: parseDocument(input.AssumeRolePolicyDocument),
      inlinePolicies: {},
      attachedPolicyArns: [],
      tags: tagsFrom(input.Tags),
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration,
      createdAt: new Date(context.now()).toISOString(),
    });
    return { Role: describeRole(role) };
  },

  GetRole(input, context) {
    const role = findRole(context, input.RoleName);
    return { Role: { ...describeRole(role), Tags: tagList(role.tags) } };
  },

  ListRoles(input, context) {
    const { PathPrefix = '/' } = input;
    const roles = context.estate.roles.filter(
      role =>
        role.accountId === context.accountId &&
        role.path.startsWith(PathPrefix),
    );
    const { items, ...rest } = iamPage(input, roles, role => role.name);
    return { Roles: items.map(describeRole), ...rest };
  },

  UpdateRole({ RoleName, Description, MaxSessionDuration }, context) {
    const role = findRole(context, RoleName);
    context.estate.roles.put(role.arn, {
      ...role,
      description: Description ?? role.description,
      maxSessionDuration: MaxSessionDuration ?? role.maxSessionDuration,
    });
    return {};
  },

  UpdateAssumeRolePolicy(input, context) {
    const role = findRole(context, input.RoleName);
    const trustPolicy = parseDocument(input.PolicyDocument);
    context.estate.roles.put(role.arn, { ...role, trustPolicy });
  },

  DeleteRole(input, context) {
    const role = findRole(context, input.RoleName);
    if (
      Object.keys(role.inlinePolicies).length ||
      role.attachedPolicyArns.length
    ) {
      throw new AwsError({
        code: 'DeleteConflictException',
        message: 'Cannot delete entity, must delete policies first.',
      });
    }
    context.estate.roles.delete(role.arn);
  },

  ListRoleTags(input, context) {
    const role = findRole(context, input.RoleName);
    const { items, ...rest } = iamPage(
      input,
      tagList(role.tags),
      ({ Key }) => Key,
    );
    return { Tags: items, ...rest };
  },

  TagRole(input, context) {
    const role = findRole(context, input.RoleName);
    const tags = { ...role.tags, ...tagsFrom(input.Tags) };
    context.estate.roles.put(role.arn, { ...role, tags });
  },

  UntagRole(input, context) {
    const role = findRole(context, input.RoleName);
    const tags = Object.fromEntries(
      Object.entries(role.tags).filter(([key]) => !input.TagKeys.includes(key)),
    );
    context.estate.roles.put(role.arn, { ...role, tags });
  },
};

/** The role as the API gives it, without its tags. */
export function describeRole(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: formatDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration ?? 43_200,
  };
}
