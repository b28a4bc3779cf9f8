import {
  ConditionElement,
  PatternElement,
  Policy,
  Statement,
} from '../parse/Policy';
import { OPERATORS } from '../parse/operators';

/** A rewrite that keeps what a policy says, and why it does. */
export interface Rewrite {
  statements: Statement[];
  /** One sentence in plain English. */
  reason: string;
}

/** Something that a statement may have or not, for comparing all else. */
type Part = 'principal' | 'action' | 'resource' | number;

/** Leaves out values that stand twice, and those beside a `*`, which covers them. */
export function shortenLists(statement: Statement): Statement {
  const { principal, action, resource, conditions } = statement;
  const entries = new Map(
    principal?.entries.map(entry => [JSON.stringify(entry), entry]),
  );
  const everybody = principal?.entries.find(
    ({ type, value }) => type === 'AWS' && value === '*',
  );
  return {
    ...statement,
    ...(principal
      ? {
          principal: {
            ...principal,
            entries: everybody ? [everybody] : [...entries.values()],
          },
        }
      : {}),
    action: shortenPatterns(action),
    resource: shortenPatterns(resource),
    ...(conditions ? { conditions: conditions.map(shortenValues) } : {}),
  };
}

function shortenPatterns(element: PatternElement): PatternElement {
  const patterns = element.patterns.includes('*')
    ? ['*']
    : [...new Set(element.patterns)];
  return { ...element, patterns };
}

function shortenValues(condition: ConditionElement): ConditionElement {
  const values = new Map(condition.values.map(value => [value.text, value]));
  return { ...condition, values: [...values.values()] };
}

/** Leaves out a statement that another one of the same effect covers whole. */
export function dropCovered(
  statements: readonly Statement[],
): Rewrite | undefined {
  for (const statement of statements) {
    const other = statements.find(
      each => each !== statement && covers(each, statement),
    );
    if (other) {
      return {
        statements: statements.filter(each => each !== statement),
        reason: `Statement ${nameOf(other)} covers all of ${nameOf(
          statement,
        )}.`,
      };
    }
  }
  return undefined;
}

function covers(wide: Statement, narrow: Statement): boolean {
  const narrowConditions = new Set(
    narrow.conditions?.map(each => JSON.stringify(each)),
  );
  return (
    wide.effect === narrow.effect &&
    coversList(
      wide.principal && { ...wide.principal, patterns: namesOf(wide) },
      narrow.principal && { ...narrow.principal, patterns: namesOf(narrow) },
    ) &&
    coversList(wide.action, narrow.action) &&
    coversList(wide.resource, narrow.resource) &&
    // `Condition: {}` is its own case, which AWS doesn't document clearly.
    wide.conditions?.length !== 0 &&
    narrow.conditions?.length !== 0 &&
    (wide.conditions ?? []).every(each =>
      narrowConditions.has(JSON.stringify(each)),
    )
  );
}

function namesOf({ principal }: Statement): string[] {
  return (principal?.entries ?? []).map(({ type, value }) =>
    type === 'AWS' && value === '*' ? value : `${type} ${value}`,
  );
}

function coversList(wide?: PatternElement, narrow?: PatternElement): boolean {
  if (!wide || !narrow) {
    return wide === narrow;
  }
  const [more, fewer] = wide.negated ? [narrow, wide] : [wide, narrow];
  return (
    wide.negated === narrow.negated &&
    wide.patterns.length > 0 &&
    narrow.patterns.length > 0 &&
    ((more.patterns.includes('*') && !wide.negated) ||
      fewer.patterns.every(text => more.patterns.includes(text)))
  );
}

/** Joins two statements that differ in one list of alternatives. */
export function joinStatements(
  statements: readonly Statement[],
): Rewrite | undefined {
  for (const [index, first] of statements.entries()) {
    for (const second of statements.slice(index + 1)) {
      const joined = join(first, second);
      if (joined) {
        return {
          statements: statements.flatMap(each => {
            if (each === first) {
              return [joined];
            }
            return each === second ? [] : [each];
          }),
          reason: `Statements ${nameOf(first)} and ${nameOf(
            second,
          )} differ in one list only.`,
        };
      }
    }
  }
  return undefined;
}

function join(first: Statement, second: Statement): Statement | undefined {
  const parts: Part[] = [
    'principal',
    'action',
    'resource',
    ...(first.conditions ?? []).keys(),
  ];
  const part = parts.find(
    each =>
      isList(first, each) &&
      isList(second, each) &&
      without(first, each) === without(second, each),
  );
  switch (part) {
    case undefined:
      return undefined;
    case 'principal':
      return shortenLists({
        ...first,
        principal: {
          negated: false,
          entries: [...first.principal!.entries, ...second.principal!.entries],
        },
      });
    case 'action':
    case 'resource':
      return shortenLists({
        ...first,
        [part]: {
          negated: false,
          patterns: [...first[part].patterns, ...second[part].patterns],
        },
      });
    default:
      return shortenLists({
        ...first,
        conditions: first.conditions!.map((condition, index) =>
          index === part
            ? {
                ...condition,
                values: [
                  ...condition.values,
                  ...second.conditions![part].values,
                ],
              }
            : condition,
        ),
      });
  }
}

/** Whether a part is a list of alternatives, of which at least one must hold. */
function isList(statement: Statement, part: Part): boolean {
  if (typeof part !== 'number') {
    const element = statement[part];
    const length =
      part === 'principal'
        ? statement.principal?.entries.length
        : statement[part].patterns.length;
    return element !== undefined && !element.negated && Boolean(length);
  }
  const condition = statement.conditions?.[part];
  const form = condition && OPERATORS.get(condition.base);
  return (
    form !== undefined &&
    !form.negated &&
    form.type !== 'null' &&
    // Takes one value.
    form.type !== 'bool' &&
    condition!.set !== 'ForAllValues' &&
    condition!.values.length > 0
  );
}

/** Everything of a statement but one part, as text. */
function without(statement: Statement, part: Part): string {
  const { index: _, sid: __, conditions = [], ...rest } = statement;
  return JSON.stringify({
    ...rest,
    ...(typeof part === 'string' ? { [part]: undefined } : {}),
    has: statement.conditions !== undefined,
    conditions: conditions.map((condition, index) =>
      index === part
        ? {
            ...condition,
            values: condition.values[0]?.type,
          }
        : condition,
    ),
  });
}

export function nameOf({ sid, index }: Statement): string {
  return sid ?? String(index);
}

/** Statements with their position as index. */
export function renumber(policy: Policy): Policy {
  return {
    ...policy,
    statements: policy.statements.map((each, index) => ({ ...each, index })),
  };
}
