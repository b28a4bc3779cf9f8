import { FALSE } from '../match/Truth';
import { ConditionElement, Statement } from '../parse/Policy';
import { OPERATORS } from '../parse/operators';
import { LintContext } from './LintContext';
import { conditionsOf } from './lintPrincipals';
import { callBy } from './probes';

const NAMED = /^arn:[^:]*:(iam::\d{12}:(role|user)|sts::\d{12}:assumed-role)\//;

/** Statements whose conditions contradict each other or the principal. */
export function lintReach(context: LintContext): void {
  for (const statement of context.policy.statements) {
    const { principal, conditions = [] } = statement;
    const entries = principal?.negated ? [] : principal?.entries ?? [];
    const path = `${context.statement(statement)}.Condition`;
    const isTold = context.findings.some(
      finding =>
        finding.code === 'impossible-condition-key' &&
        finding.path.startsWith(path),
    );
    const isDead =
      !isTold &&
      entries.length > 0 &&
      entries.every(
        ({ value }) =>
          NAMED.test(value) &&
          conditionsOf(context, statement, callBy(value)).includes(FALSE),
      );
    if (isDead) {
      context.add({
        code: 'never-matches',
        severity: 'warning',
        path,
        message:
          'The statement never matches: no principal that it names meets its conditions.',
      });
    }
    lintPairs({ context, statement, conditions });
  }
}

function lintPairs(options: {
  context: LintContext;
  statement: Statement;
  conditions: ConditionElement[];
}): void {
  const { context, statement, conditions } = options;
  for (const condition of conditions) {
    const rival = conditions.find(other => contradicts(condition, other));
    if (rival) {
      context.add({
        code: 'never-matches',
        severity: 'warning',
        path: context.condition(statement, condition),
        message: `The statement never matches: ${condition.operator} and ${rival.operator} on ${condition.key} exclude each other.`,
      });
    }
  }
}

function contradicts(left: ConditionElement, right: ConditionElement): boolean {
  if (left.key.toLowerCase() !== right.key.toLowerCase() || left.set) {
    return false;
  }
  if (!needsKey(left) || right.set) {
    return false;
  }
  if (right.base === 'Null') {
    return right.values.every(({ text }) => text === 'true');
  }
  if (left.base !== 'StringEquals' || right.ifExists) {
    return false;
  }
  const listed = new Set(right.values.map(({ text }) => text));
  const values = left.values.map(({ text }) => text);
  const isPlain = [...listed, ...values].every(text => !text.includes('${'));
  if (!isPlain) {
    return false;
  }
  return right.base === 'StringNotEquals'
    ? values.every(text => listed.has(text))
    : right.base === 'StringEquals' &&
        right !== left &&
        values.every(text => !listed.has(text));
}

/** Whether a condition fails where the key is missing. */
export function needsKey({ base, ifExists, set }: ConditionElement): boolean {
  const negated = OPERATORS.get(base)?.negated ?? false;
  if (base === 'Null' || ifExists || set === 'ForAllValues') {
    return false;
  }
  return set === 'ForAnyValue' || !negated;
}
