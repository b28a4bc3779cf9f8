import type { LaunchFacts } from './LaunchFacts';
import type { LaunchRequest } from './LaunchRequest';
import type { Reading } from './Reading';

/** What came of checking. */
export interface CheckResult {
  /** Why it can't work, each a sentence that says what to do. */
  refusals: string[];
  /** What could not be checked and why. AWS decides on it. */
  unchecked: string[];
}

/** One check before a launch; undefined where there is nothing to say. */
export type LaunchCheck = (
  request: LaunchRequest,
  facts: LaunchFacts,
) => CheckResult | undefined;

/** The result of a check whose facts may not be there to look at. */
export function ifRead<T>(
  what: string,
  fact: Reading<T> | undefined,
  check: (value: T) => string | string[] | undefined,
): CheckResult | undefined {
  if (!fact) {
    return undefined;
  }
  if (fact.status === 'unreadable') {
    return { refusals: [], unchecked: [`${what} (${fact.reason})`] };
  }
  const found = check(fact.value);
  return { refusals: found === undefined ? [] : [found].flat(), unchecked: [] };
}
