import {
  ConditionElement,
  ConditionValue,
  PatternElement,
  Policy,
  PrincipalElement,
  Statement,
} from '../parse/Policy';

/**
 * Writes a policy as JSON without white space, in the shortest form: lists of one
 * without brackets. Reading it again gives the same policy.
 *
 * @public
 */
export function printPolicy(policy: Policy): string {
  const { version, id, statements } = policy;
  return printObject([
    ['Version', version && JSON.stringify(version)],
    ['Id', id === undefined ? undefined : JSON.stringify(id)],
    ['Statement', `[${statements.map(printStatement).join(',')}]`],
  ]);
}

/** One statement as JSON. */
export function printStatement(statement: Statement): string {
  const { sid, effect, principal, action, resource, conditions } = statement;
  return printObject([
    ['Sid', sid === undefined ? undefined : JSON.stringify(sid)],
    ['Effect', JSON.stringify(effect)],
    [
      principal?.negated ? 'NotPrincipal' : 'Principal',
      principal && printPrincipal(principal),
    ],
    printPatterns('Action', action),
    printPatterns('Resource', resource),
    ['Condition', conditions && printConditions(conditions)],
  ]);
}

function printObject(members: Array<[string, string | undefined]>): string {
  return `{${members
    .filter(([, text]) => text !== undefined)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(',')}}`;
}

function printPatterns(
  name: string,
  { negated, patterns }: PatternElement,
): [string, string] {
  return [
    negated ? `Not${name}` : name,
    printList(patterns.map(text => JSON.stringify(text))),
  ];
}

function printList(items: string[]): string {
  return items.length === 1 ? items[0] : `[${items.join(',')}]`;
}

function printPrincipal({ entries }: PrincipalElement): string {
  if (entries.length === 0) {
    return '{"AWS":[]}';
  }
  const [first] = entries;
  if (entries.length === 1 && first.type === 'AWS' && first.value === '*') {
    return '"*"';
  }
  return printGroups(entries, ({ type, value }) => [
    type,
    JSON.stringify(value),
  ]);
}

function printConditions(conditions: ConditionElement[]): string {
  const operators = groupBy(conditions, condition => condition.operator);
  return printObject(
    operators.map(([operator, elements]) => [
      operator,
      printObject(
        elements.map(({ key, values }) => [
          key,
          printList(values.map(printValue)),
        ]),
      ),
    ]),
  );
}

function printValue({ text, type }: ConditionValue): string {
  // Numbers stay as they were written.
  return type === 'string' ? JSON.stringify(text) : text;
}

function printGroups<T>(
  items: T[],
  entryOf: (item: T) => [string, string],
): string {
  const groups = groupBy(items.map(entryOf), ([key]) => key);
  return printObject(
    groups.map(([key, entries]) => [
      key,
      printList(entries.map(([, text]) => text)),
    ]),
  );
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Array<[string, T[]]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(keyOf(item), [item]);
    }
  }
  return [...groups];
}
