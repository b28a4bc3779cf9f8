import { ConditionElement, Statement } from '../parse/Policy';
import { LintContext } from './LintContext';
import { KnownKey, findKey } from './keyTable';
import { actionsOfStatement } from './lintActions';
import { lintConditionValues } from './lintConditionValues';
import { needsKey } from './lintReach';
import { presenceOf } from './probes';
import { typeMismatch } from './typeMismatch';

const HTTP_KEY =
  /^vpc-lattice-svcs:Request(Method|Path|Header\/.*|QueryString\/.*)$/i;
const QUERY_KEY = /^vpc-lattice-svcs:RequestQueryString\//i;

/**
 * Condition keys and operators.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
 */
export function lintConditions(context: LintContext): void {
  for (const statement of context.policy.statements) {
    for (const condition of statement.conditions ?? []) {
      lintCondition({ context, statement, condition });
    }
  }
}

function lintCondition(options: {
  context: LintContext;
  statement: Statement;
  condition: ConditionElement;
}): void {
  const { context, statement, condition } = options;
  const { key } = condition;
  const path = context.condition(statement, condition);
  const known = findKey(key);
  if (!known || key.endsWith('/')) {
    // An identity-based policy may use keys of other services.
    if (context.policy.kind === 'resource') {
      context.add({
        code: 'unknown-condition-key',
        severity: 'error',
        path,
        message: `${key} is no condition key that a call to a service can have.`,
      });
    }
    return;
  }
  if (isOtherCase(key, known)) {
    context.add({
      code: 'condition-key-case',
      severity: 'warning',
      path,
      message: `AWS writes ${known.name}; whether another case counts as the same key is documented in two ways.`,
    });
    return;
  }
  const reason = impossibleReason({ context, statement, key });
  if (reason) {
    context.add({
      code: 'impossible-condition-key',
      severity: 'warning',
      path,
      message: needsKey(condition)
        ? `The statement never matches: ${reason}.`
        : `The condition tests nothing: ${reason}.`,
    });
  } else if (presenceOf(key) === 'undocumented') {
    context.add({
      code: 'undocumented-condition-key',
      severity: 'warning',
      path,
      message: `What VPC Lattice puts into ${key} is not documented, so what the statement does can't be told.`,
    });
  }
  const mismatch = typeMismatch(condition, known);
  if (mismatch) {
    context.add({ severity: 'warning', path, ...mismatch });
  }
  lintConditionValues({ context, condition, path });
}

function isOtherCase(key: string, { name }: KnownKey): boolean {
  const isStrict = /^(vpc-lattice-svcs:|aws:ResourceTag\/)/i.test(key);
  return isStrict && !key.startsWith(name);
}

function impossibleReason(options: {
  context: LintContext;
  statement: Statement;
  key: string;
}): string | undefined {
  const { context, statement, key } = options;
  if (HTTP_KEY.test(key)) {
    if (context.protocol === 'TLS_PASSTHROUGH') {
      return `with TLS passthrough VPC Lattice doesn't see ${key}`;
    }
    const actions = actionsOfStatement(statement);
    if (
      actions.length > 0 &&
      actions.every(name => name.endsWith(':Connect'))
    ) {
      return `vpc-lattice-svcs:Connect has no ${key}`;
    }
  }
  if (
    QUERY_KEY.test(key) &&
    (context.protocol === 'GRPC' || isForGrpc(statement))
  ) {
    return `gRPC calls have no ${key}`;
  }
  return presenceOf(key) === 'never'
    ? `no call to a service has ${key}`
    : undefined;
}

/** Whether a statement asks for the content type of gRPC. */
function isForGrpc({ conditions = [] }: Statement): boolean {
  return conditions.some(
    condition =>
      /^vpc-lattice-svcs:RequestHeader\/content-type$/i.test(condition.key) &&
      needsKey(condition) &&
      condition.values.length > 0 &&
      condition.values.every(({ text }) => text.startsWith('application/grpc')),
  );
}
