import { matchesSteps, stepsOf } from '../diff/Wildcards';
import { Statement } from '../parse/Policy';
import { LintContext } from './LintContext';
import { ACTIONS } from './keyTable';

/** The actions of {@link ACTIONS} that a pattern covers, in lower case. */
function actionsOf(pattern: string): string[] {
  const steps = stepsOf(pattern.toLowerCase(), true);
  return [...ACTIONS.keys()].filter(name => matchesSteps(steps, name));
}

/** The actions that a statement is about, as AWS writes them. */
export function actionsOfStatement({ action }: Statement): string[] {
  const listed = new Set(action.patterns.flatMap(actionsOf));
  return [...ACTIONS]
    .filter(([key]) => listed.has(key) !== action.negated)
    .map(([, name]) => name);
}

/**
 * Actions that no call to a service asks for.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
 */
export function lintActions(context: LintContext): void {
  const { policy } = context;
  for (const statement of policy.statements) {
    const path = context.element(statement, 'Action');
    const { patterns } = statement.action;
    // An identity-based policy is also about other services.
    for (const [index, pattern] of policy.kind === 'resource'
      ? patterns.entries()
      : []) {
      if (actionsOf(pattern).length === 0) {
        context.add({
          code: 'unknown-action',
          severity: 'warning',
          path: context.item(path, index),
          message: pattern.toLowerCase().startsWith('vpc-lattice:')
            ? `${pattern} is about managing VPC Lattice; a call to a service asks for vpc-lattice-svcs:Invoke.`
            : `No call to a service asks for ${pattern}.`,
        });
      }
    }
    if (
      policy.kind === 'resource' &&
      (patterns.length === 0 || actionsOfStatement(statement).length === 0)
    ) {
      context.add({
        code: 'never-matches',
        severity: 'warning',
        path,
        message:
          'The statement never matches: it covers no action that a call asks for.',
      });
    }
  }
}
