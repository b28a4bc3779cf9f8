import type { Estate } from '../../estate/Estate';
import { Template } from '../template/Template';
import { ParameterValue } from '../template/resolveParameters';
import { Stack } from './Stack';

/** Whether the account has what a value of an AWS-specific parameter type names. */
type Exists = (estate: Estate, stack: Stack, value: string) => boolean;

function isIn(
  { accountId, region }: Stack,
  found: { accountId: string; region?: string } | undefined,
): boolean {
  return (
    found?.accountId === accountId &&
    (found.region === undefined || found.region === region)
  );
}

const types: Record<string, Exists> = {
  'AWS::EC2::VPC::Id': (estate, stack, value) =>
    isIn(
      stack,
      estate.vpcs.find(({ id }) => id === value),
    ),
  'AWS::EC2::SecurityGroup::Id': (estate, stack, value) =>
    isIn(
      stack,
      estate.securityGroups.find(({ id }) => id === value),
    ),
};

/**
 * Why a stack can't be made with its parameters: one of an AWS-specific type names what the
 * account does not have. Types of what the estate does not hold are not checked.
 */
export function missingValue(options: {
  estate: Estate;
  stack: Stack;
  template: Template;
  parameters: Record<string, ParameterValue>;
}): string | undefined {
  const { estate, stack, template, parameters } = options;
  for (const [name, { Type }] of Object.entries(template.Parameters)) {
    const [, type] = /^(?:List<)?(AWS::[\w:]+)>?$/.exec(Type) ?? [];
    const exists = type && types[type];
    const missing =
      exists &&
      [parameters[name]].flat().find(value => !exists(estate, stack, value));
    if (missing !== undefined) {
      return `Parameter validation failed: parameter value ${missing} for parameter name ${name} does not exist.`;
    }
  }
  return undefined;
}
