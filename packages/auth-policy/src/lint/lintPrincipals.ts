import {
  compileCondition,
  matchCondition,
} from '../conditions/compileCondition';
import { RequestContext } from '../facts/RequestContext';
import { FALSE, TRUE } from '../match/Truth';
import { Statement } from '../parse/Policy';
import { LintContext } from './LintContext';
import { actionsOfStatement } from './lintActions';
import { ANONYMOUS_CALL } from './probes';

/**
 * Statements that allow more callers than probably meant.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-anonymous
 */
export function lintPrincipals(context: LintContext): void {
  if (context.policy.kind !== 'resource') {
    return;
  }
  for (const statement of context.policy.statements) {
    const { principal, effect, conditions = [] } = statement;
    const path = context.element(statement, 'Principal');
    if (principal?.negated) {
      context.add({
        code: 'not-principal',
        severity: 'warning',
        path,
        message:
          'Whether VPC Lattice supports NotPrincipal is not documented, and it also denies every listed caller that has a permissions boundary. Use Principal * with ArnNotEquals on aws:PrincipalArn.',
      });
    }
    if (principal?.entries.length === 0) {
      context.add({
        code: 'never-matches',
        severity: 'warning',
        path,
        message: 'The statement never matches: it names no principal.',
      });
    }
    if (effect !== 'Allow' || !isForEverybody(statement)) {
      continue;
    }
    const isGuarded =
      conditionsOf(context, statement, ANONYMOUS_CALL).includes(FALSE) ||
      context.policy.statements.some(
        other => other.effect === 'Deny' && guards(context, other, statement),
      );
    if (isGuarded) {
      continue;
    }
    if (conditions.length === 0 && statement.resource.patterns.includes('*')) {
      context.add({
        code: 'allow-all',
        severity: 'warning',
        path: context.statement(statement),
        message:
          'The statement allows every call by everybody, also by callers that did not sign.',
      });
    } else {
      context.add({
        code: 'allows-anonymous',
        severity: 'warning',
        path,
        message:
          'The statement also allows callers that did not sign. To keep them out, add the condition StringNotEquals aws:PrincipalType Anonymous.',
      });
    }
  }
}

function isForEverybody({ principal, resource, ...statement }: Statement) {
  return (
    !principal?.negated &&
    principal?.entries.some(({ value }) => value === '*') &&
    resource.patterns.length > 0 &&
    actionsOfStatement({ principal, resource, ...statement }).length > 0
  );
}

/** Whether a deny surely keeps anonymous callers away from all that an allow covers. */
function guards(context: LintContext, deny: Statement, allow: Statement) {
  const covers = (['action', 'resource'] as const).every(
    name =>
      !deny[name].negated &&
      (deny[name].patterns.includes('*') ||
        (!allow[name].negated &&
          allow[name].patterns.every(text =>
            deny[name].patterns.includes(text),
          ))),
  );
  return (
    covers &&
    isForEverybody(deny) &&
    conditionsOf(context, deny, ANONYMOUS_CALL).every(truth => truth === TRUE)
  );
}

/** How the conditions of a statement come out for a call. */
export function conditionsOf(
  { policy }: LintContext,
  { conditions = [] }: Statement,
  call: RequestContext,
) {
  const variables = policy.version === '2012-10-17';
  return conditions.map(element =>
    matchCondition(compileCondition({ element, variables }), call, undefined),
  );
}
