import { AuthorizationRequest } from '../types';
import { ConditionElement, Statement } from '../parse/Policy';
import { printList } from '../explain/printList';

const METHOD = 'vpc-lattice-svcs:RequestMethod';
const VPC = 'vpc-lattice-svcs:SourceVpc';
const MOST = 3;

/**
 * What a statement allows, in plain terms, and what of that goes beyond given calls.
 *
 * @param options - `owner`: who has the policy, for an identity-based one.
 */
export function describeGrant(options: {
  statement: Statement;
  owner?: string;
  calls: readonly AuthorizationRequest[];
}): string[] {
  const { statement, owner, calls } = options;
  const { principal, resource, conditions = [] } = statement;
  const plain = (name: string) => {
    const condition = conditions.find(
      ({ key, operator }) => key === name && operator === 'StringEquals',
    );
    return condition?.values.map(({ text }) => text);
  };
  const methods = plain(METHOD);
  const vpcs = plain(VPC);
  const who = owner
    ? [nameOf(owner)]
    : (principal?.entries ?? []).map(({ value }) => nameOf(value));
  const rest = conditions.filter(
    ({ key, operator }) =>
      !(operator === 'StringEquals' && (key === METHOD || key === VPC)),
  );
  const sentence = [
    `${printAnd(who)} may make ${
      methods ? printList(methods) : 'all'
    } requests`,
    `to ${resource.negated ? 'everything but ' : ''}${printAnd(
      resource.patterns,
    )}`,
    vpcs ? `from ${printList(vpcs)}` : 'from every VPC',
    ...rest.map(printCondition),
  ].join(' ');
  return [`${sentence}.`, ...beyond({ statement, calls, owner })];
}

function beyond(options: {
  statement: Statement;
  calls: readonly AuthorizationRequest[];
  owner?: string;
}): string[] {
  const { statement, calls, owner } = options;
  const lines: string[] = [];
  const names = [
    ...(owner
      ? [owner]
      : statement.principal?.entries.map(({ value }) => value) ?? []),
  ];
  for (const name of names) {
    const role = /:role\/(?:.*\/)?([^/]+)$/.exec(name)?.[1];
    const sessions = calls.flatMap(({ caller }) =>
      caller.kind === 'signed' && role && caller.arn.includes(`/${role}/`)
        ? [caller.arn.split('/').pop()!]
        : [],
    );
    if (role) {
      lines.push(
        `Beyond the calls: every session of ${role}${seen(sessions)}.`,
      );
    }
  }
  for (const pattern of statement.resource.patterns) {
    if (/[*?]/.test(pattern.replace(/\$\{[*?$]\}/g, ''))) {
      const paths = calls
        .filter(({ serviceArn }) => pattern.startsWith(serviceArn))
        .flatMap(({ path }) => path ?? []);
      lines.push(
        `Beyond the calls: every path that matches ${pattern}${seen(
          paths,
        )}; "*" also spans slashes.`,
      );
    }
  }
  lines.push(
    'Beyond the calls: any query, headers and port, unless said above.',
  );
  return lines;
}

function seen(values: string[]): string {
  const unique = [...new Set(values)];
  const more = unique.length > MOST ? ` and ${unique.length - MOST} more` : '';
  return unique.length > 0
    ? `, not only ${unique.slice(0, MOST).join(', ')}${more}`
    : '';
}

function nameOf(value: string): string {
  if (value === '*') {
    return 'everybody';
  }
  const [, account, kind, name] =
    /^arn:[^:]*:(?:iam|sts)::(\d*):([^/]*)\/?(.*)$/.exec(value) ?? [];
  if (kind === 'root' || /^\d{12}$/.test(value)) {
    return `everybody in account ${account ?? value}`;
  }
  return kind ? `${kind} ${name} of account ${account}` : value;
}

function printCondition({ key, operator, values }: ConditionElement): string {
  const texts = printList(values.map(({ text }) => text));
  return operator === 'DateLessThan' && key === 'aws:CurrentTime'
    ? `until ${texts}`
    : `if ${operator} ${key} ${texts}`;
}

function printAnd(items: readonly string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
    : items[0] ?? 'nothing';
}
