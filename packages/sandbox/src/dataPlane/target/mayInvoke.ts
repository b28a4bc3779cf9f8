import type { LambdaFunction, TargetGroup } from '../../estate/resources';

const SERVICE = 'vpc-lattice.amazonaws.com';
const ARN_OPERATORS = ['ArnLike', 'ArnEquals', 'StringLike', 'StringEquals'];

/**
 * Whether a function's resource-based policy lets VPC Lattice invoke it for a target group.
 *
 * @remarks
 * Understands what `lambda add-permission` makes: a service principal, `AWS:SourceArn` and
 * `AWS:SourceAccount`. Any other condition does not count as met.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export function mayInvoke(
  lambdaFunction: LambdaFunction,
  targetGroup: TargetGroup,
): boolean {
  return Object.values(lambdaFunction.permissions).some(
    statement =>
      statement.Effect === 'Allow' &&
      listOf(statement.Action).some(action =>
        ['lambda:InvokeFunction', 'lambda:*', '*'].includes(action),
      ) &&
      isVpcLattice(statement.Principal) &&
      conditionsHold(statement.Condition, targetGroup),
  );
}

function isVpcLattice(principal: unknown): boolean {
  if (typeof principal !== 'object' || principal === null) {
    return principal === '*' || principal === SERVICE;
  }
  return listOf((principal as { Service?: unknown }).Service).includes(SERVICE);
}

function conditionsHold(condition: unknown, targetGroup: TargetGroup): boolean {
  const operators = Object.entries((condition ?? {}) as object);
  return operators.every(([operator, keys]) =>
    Object.entries(keys as object).every(([key, wanted]) => {
      if (!ARN_OPERATORS.includes(operator)) {
        return false;
      }
      const values: Record<string, string> = {
        'aws:sourcearn': targetGroup.arn,
        'aws:sourceaccount': targetGroup.accountId,
      };
      const value = values[key.toLowerCase()];
      return (
        value !== undefined &&
        listOf(wanted).some(pattern =>
          operator === 'StringEquals'
            ? pattern === value
            : wildcard(pattern).test(value),
        )
      );
    }),
  );
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
