import type { SecurityGroupRule } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';
import { describeRule, fromInput, ruleKey } from './permissions';
import { findSecurityGroup } from './securityGroups';

const RULES_PER_DIRECTION = 60;

export const securityGroupRuleOperations: ServiceOperations = {
  AuthorizeSecurityGroupIngress: (input, context) =>
    authorize('ingress', input, context),

  AuthorizeSecurityGroupEgress: (input, context) =>
    authorize('egress', input, context),

  RevokeSecurityGroupIngress: (input, context) =>
    revoke('ingress', input, context),

  RevokeSecurityGroupEgress: (input, context) =>
    revoke('egress', input, context),

  DescribeSecurityGroupRules(input, context) {
    const rules = context.estate.securityGroups
      .filter(isOwn(context))
      .flatMap(group =>
        group.rules.map(rule => ({
          ...describeRule(group, rule),
          tags: undefined,
        })),
      )
      .filter(
        rule =>
          !input.SecurityGroupRuleIds ||
          input.SecurityGroupRuleIds.includes(rule.SecurityGroupRuleId),
      );
    const found = applyFilters(
      input.Filters,
      rules,
      (rule, name) =>
        ({
          'group-id': [rule.GroupId],
          'security-group-rule-id': [rule.SecurityGroupRuleId],
        }[name]),
    );
    const { items, NextToken } = ec2Page(
      input,
      found,
      rule => rule.SecurityGroupRuleId,
    );
    return { SecurityGroupRules: items, NextToken };
  },
};

function authorize(
  direction: SecurityGroupRule['direction'],
  input: any,
  context: OperationContext,
) {
  const group = findSecurityGroup(context, input);
  const added = fromInput(direction, input);
  if (added.length === 0) {
    throw ec2Error('MissingParameter', 'No rules were given');
  }
  const known = new Set(group.rules.map(ruleKey));
  const duplicate = added.find(rule => known.has(ruleKey(rule)));
  if (duplicate) {
    throw ec2Error(
      'InvalidPermission.Duplicate',
      `the specified rule "${ruleKey(duplicate)}" already exists`,
    );
  }
  const rules = [...group.rules, ...added];
  if (
    rules.filter(rule => rule.direction === direction).length >
    RULES_PER_DIRECTION
  ) {
    throw ec2Error(
      'RulesPerSecurityGroupLimitExceeded',
      `A security group has ${RULES_PER_DIRECTION} rules for each direction at most`,
    );
  }
  context.estate.securityGroups.put(group.id, { ...group, rules });
  return {
    Return: true,
    SecurityGroupRules: added.map(rule => describeRule(group, rule)),
  };
}

function revoke(
  direction: SecurityGroupRule['direction'],
  input: any,
  context: OperationContext,
) {
  const group = findSecurityGroup(context, input);
  const ids: string[] = input.SecurityGroupRuleIds ?? [];
  const keys = new Set(fromInput(direction, input).map(ruleKey));
  const isRevoked = (rule: SecurityGroupRule) =>
    rule.direction === direction &&
    (keys.has(ruleKey(rule)) ||
      ids.includes(describeRule(group, rule).SecurityGroupRuleId));
  const rules = group.rules.filter(rule => !isRevoked(rule));
  if (group.rules.length - rules.length < keys.size + ids.length) {
    throw ec2Error(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  context.estate.securityGroups.put(group.id, { ...group, rules });
  return { Return: true };
}
