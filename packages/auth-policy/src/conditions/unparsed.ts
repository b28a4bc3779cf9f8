import { Notes } from '../facts/Fact';
import { FALSE, Truth, UNKNOWN } from '../match/Truth';

/**
 * The truth where a value doesn't parse for its operator. AWS doesn't document it; a
 * positive operator can't match, a negated one is open.
 */
export function unparsed(options: {
  value: string;
  what: string;
  negated: boolean;
  notes: Notes;
}): Truth {
  const { value, what, negated, notes } = options;
  if (!negated) {
    return FALSE;
  }
  notes?.push(
    `open rule, a negated operator on "${value}", which is no ${what}, is not documented`,
  );
  return UNKNOWN;
}
