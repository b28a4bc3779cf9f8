import { functionOf, isRecord } from '../cloudFormation/templateValues';
import handlerPermissions from './generated/handlerPermissions.json';
import type { PolicyKind } from './findPolicies';

const ACTIONS: Record<string, string> = handlerPermissions.actions;

/** What roles may be assumed with. */
const ASSUMING = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

/** Keys that tell for whom a service acts. */
const SOURCES = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid'];

/** Keys that narrow who may come, where anybody may by the principal. */
const NARROWING = [
  ...SOURCES,
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcevpc',
  'vpc-lattice-svcs:sourcevpc',
  'vpc-lattice-svcs:sourcevpcowneraccount',
];

/**
 * Services that take roles of the caller's own account only, by `iam:PassRole`, and tell no source when they
 * assume them.
 */
const WITHOUT_SOURCE = ['lambda.amazonaws.com'];

/**
 * What a statement allows too widely. Statements that deny narrow, and are not looked at.
 *
 * @param hasReason - whether it is written beside the statement why its resource is `*`.
 */
export function checkStatement(options: {
  kind: PolicyKind;
  statement: Record<string, any>;
  hasReason: boolean;
}): string[] {
  const { kind, statement, hasReason } = options;
  if (statement.Effect !== 'Allow') {
    return statement.Effect === 'Deny' ? [] : ['Effect is Allow or Deny'];
  }
  const problems = ['NotAction', 'NotResource', 'NotPrincipal']
    .filter(key => statement[key] !== undefined)
    .map(key => `${key} allows all that nobody thought of`);
  const actions = texts(statement.Action);
  for (const action of actions) {
    if (/[*?]/.test(action)) {
      problems.push(`the action ${action} has a wildcard`);
    } else if (!exists(action)) {
      problems.push(`there is no action ${action}`);
    }
  }
  if (kind === 'trust') {
    return [...problems, ...checkTrust(statement, actions)];
  }
  const resources = texts(statement.Resource);
  if (resources.some(isEverything) && !hasReason) {
    problems.push('the resource is *, and nothing beside it says why');
  }
  if (kind === 'resource') {
    problems.push(...checkPrincipal(statement));
  }
  const limits: [string, string][] = [
    ['iam:PassRole', 'iam:PassedToService'],
    ['iam:CreateServiceLinkedRole', 'iam:AWSServiceName'],
  ];
  for (const [action, key] of limits) {
    if (actions.includes(action)) {
      const services = valuesOf(statement.Condition, key);
      if (services.length === 0 || services.some(name => /[*?]/.test(name))) {
        problems.push(
          `${action} needs a condition that names services, ${key}`,
        );
      }
      if (resources.some(isEverything)) {
        problems.push(`${action} needs resources`);
      }
    }
  }
  return problems;
}

function checkTrust(statement: Record<string, any>, actions: string[]) {
  return [
    ...actions
      .filter(action => !ASSUMING.includes(action))
      .map(action => `a trust policy has no use for ${action}`),
    ...checkPrincipal(statement),
  ];
}

function checkPrincipal({ Principal, Condition }: Record<string, any>) {
  if (Principal === undefined) {
    return ['a principal is missing'];
  }
  const has = (keys: string[]) =>
    keys.some(key => valuesOf(Condition, key).length > 0);
  const principals: Record<string, unknown> = isRecord(Principal)
    ? Principal
    : { AWS: Principal };
  const anybody = texts(principals.AWS).some(
    name => name === '*' || /^arn:[^:]*:iam::\*:/.test(name),
  );
  const services = texts(principals.Service).filter(
    name => !WITHOUT_SOURCE.includes(name),
  );
  return [
    ...(anybody && !has(NARROWING)
      ? ['anybody is allowed, and no condition says from where']
      : []),
    ...(services.length > 0 && !has(SOURCES)
      ? [
          `${services.join(
            ', ',
          )} may come for any account; a condition has to name aws:SourceAccount or aws:SourceArn`,
        ]
      : []),
  ];
}

/** The values that a condition names for a key by an operator that is no negation, `IfExists` or `Null`. */
function valuesOf(condition: unknown, key: string): string[] {
  return Object.entries(isRecord(condition) ? condition : {})
    .filter(([operator]) => !/Not|IfExists|^Null$/.test(operator))
    .flatMap(([, keys]) => Object.entries(isRecord(keys) ? keys : {}))
    .filter(([name]) => name.toLowerCase() === key.toLowerCase())
    .flatMap(([, values]) => texts(values));
}

function isEverything(resource: string): boolean {
  // `arn:aws:s3:::*` is no better than `*`.
  return /^\*$|^arn:[^:]*:(\*|[^:]*:[^:]*:[^:]*:\*)/.test(resource);
}

function exists(action: string): boolean {
  const [service, name = ''] = action.split(':');
  return (ACTIONS[service] ?? '').split(' ').includes(name.toLowerCase());
}

/** The texts of an element; a function stands for itself, its text if it has one that says what it gives. */
function texts(value: unknown): string[] {
  const call = functionOf(value);
  if (call?.name === 'Fn::If') {
    return (call.argument as unknown[]).slice(1).flatMap(texts);
  }
  if (call?.name === 'Fn::Sub') {
    const [text] = [call.argument].flat();
    return [String(text).replaceAll(/\$\{AWS::Partition\}/g, 'aws')];
  }
  if (call) {
    return call.argument === 'AWS::NoValue' ? [] : [JSON.stringify(value)];
  }
  return Array.isArray(value)
    ? value.flatMap(texts)
    : [value].flatMap(item => (item === undefined ? [] : [String(item)]));
}
