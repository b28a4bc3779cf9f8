import type { ConditionElement } from '@lattice-portal/auth-policy';
import { matchesWildcard } from './wildcard';

/** Operators of the sandbox's control plane, on a request's value and one of the condition's. */
const OPERATORS: Record<string, (value: string, wanted: string) => boolean> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) =>
    value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value, wanted) => matchesWildcard(wanted, value),
  ArnEquals: (value, wanted) => matchesWildcard(wanted, value),
  ArnLike: (value, wanted) => matchesWildcard(wanted, value),
  Bool: (value, wanted) => value === wanted,
};

/**
 * Whether a statement's condition holds.
 *
 * @param keys - what the request has, by condition key in lower case.
 * @returns undefined when an operator is not known here: the caller decides on the safe side.
 */
export function conditionMatches(
  conditions: ConditionElement[],
  keys: Record<string, string | undefined>,
): boolean | undefined {
  let unknown = false;
  for (const condition of conditions) {
    const result = elementMatches(condition, keys);
    if (result === false) {
      return false;
    }
    unknown ||= result === undefined;
  }
  return unknown ? undefined : true;
}

function elementMatches(
  { base, ifExists, key, values }: ConditionElement,
  keys: Record<string, string | undefined>,
): boolean | undefined {
  const value = keys[key.toLowerCase()];
  const wanted = values.map(({ text }) => text);
  if (base === 'Null') {
    return wanted.includes(String(value === undefined));
  }
  const isNegated = /^(String|Arn)Not/.test(base);
  const operator = OPERATORS[base.replace('Not', '')];
  if (!operator) {
    return undefined;
  }
  if (value === undefined) {
    return ifExists || isNegated;
  }
  const matches = wanted.some(text => operator(value, text));
  return isNegated ? !matches : matches;
}
