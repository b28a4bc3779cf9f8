import type { PolicyStatement } from '@lattice-portal/auth-policy';
import { shortArn } from '../format';
import { describeCondition } from './describeCondition';

const INVOKE = 'vpc-lattice-svcs:Invoke';

/** A statement as questions and answers. */
export type StatementMeaning = [question: string, answer: string][];

/**
 * What a statement says, in words, for people who judge it before they read the text.
 */
export function describeStatement(
  statement: PolicyStatement,
): StatementMeaning {
  const meaning: StatementMeaning = [];
  const effect = statement.Effect === 'Deny' ? 'refuses' : 'lets';
  if (statement.Principal !== undefined) {
    meaning.push([capital(effect), principals(statement.Principal)]);
  }
  if (statement.NotPrincipal !== undefined) {
    meaning.push([
      capital(effect),
      `everyone except ${principals(statement.NotPrincipal)}`,
    ]);
  }
  const actions = list(statement.Action);
  const resources = list(statement.Resource).map(resource).join(', ');
  if (actions.every(name => name === INVOKE)) {
    meaning.push(['Call', resources || 'all paths']);
  } else {
    meaning.push(['Do', actions.join(', ')], ['On', resources]);
  }
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      meaning.push(describeCondition({ operator, key, values: list(values) }));
    }
  }
  return meaning;
}

function principals(principal: unknown): string {
  if (principal === '*') {
    return 'anyone';
  }
  return Object.values(principal as Record<string, unknown>)
    .flatMap(list)
    .map(arn => (arn === '*' ? 'anyone' : principalName(arn)))
    .join(', ');
}

function principalName(arn: string): string {
  const accountId = arn.split(':')[4];
  return accountId ? `${shortArn(arn)} of account ${accountId}` : arn;
}

function resource(arn: string): string {
  if (arn === '*') {
    return 'all paths';
  }
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-resources
  return arn.match(/:service\/[^/]+(\/.*)?$/)?.[1] ?? arn;
}

function list(value: unknown): string[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
