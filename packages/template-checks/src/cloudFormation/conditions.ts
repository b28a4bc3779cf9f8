import type { Guard } from './templateValues';

/** Comparisons that conditions are made of; more than this many are not tried out in all outcomes. */
const MAXIMUM_COMPARISONS = 14;

/**
 * Whether there are outcomes of a template's comparisons in which all guards hold. Comparisons are taken
 * to be independent of each other.
 */
export function canHold(
  conditions: Record<string, unknown>,
  guards: Guard[],
): boolean {
  const comparisons = comparisonsOf(conditions, guards);
  if (comparisons.length > MAXIMUM_COMPARISONS) {
    throw new Error(
      `The conditions ${guards
        .map(({ condition }) => condition)
        .join(', ')} have more than ${MAXIMUM_COMPARISONS} comparisons`,
    );
  }
  for (let outcome = 0; outcome < 2 ** comparisons.length; outcome++) {
    const holds = (comparison: string) =>
      Math.floor(outcome / 2 ** comparisons.indexOf(comparison)) % 2 === 1;
    if (
      guards.every(
        guard =>
          evaluate({ Condition: guard.condition }, conditions, holds) ===
          guard.holds,
      )
    ) {
      return true;
    }
  }
  return false;
}

function comparisonsOf(
  conditions: Record<string, unknown>,
  guards: Guard[],
): string[] {
  const found = new Set<string>();
  for (const { condition } of guards) {
    evaluate({ Condition: condition }, conditions, comparison => {
      found.add(comparison);
      return false;
    });
  }
  return [...found];
}

/** Evaluates every part, so that all comparisons are asked for. */
function evaluate(
  expression: any,
  conditions: Record<string, unknown>,
  holds: (comparison: string) => boolean,
): boolean {
  const [[name, argument]] = Object.entries<any>(expression);
  const parts = () =>
    argument.map((part: unknown) => evaluate(part, conditions, holds));
  switch (name) {
    case 'Condition':
      return Object.hasOwn(conditions, argument)
        ? evaluate(conditions[argument], conditions, holds)
        : holds(argument);
    case 'Fn::Not':
      return !parts()[0];
    case 'Fn::And':
      return parts().every(Boolean);
    case 'Fn::Or':
      return parts().some(Boolean);
    default:
      return holds(JSON.stringify(expression));
  }
}
