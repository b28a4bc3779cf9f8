import { UNKNOWN, truthOf } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { unparsed } from './unparsed';

export type Order = '=' | '<' | '<=' | '>' | '>=';

/**
 * The `Numeric…` operators: integers and decimals.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export function numericTest(
  options: ValueTestOptions & { order: Order },
): ValueTest {
  const { text, type, negated, order } = options;
  const wanted = type === 'number' ? Number(text) : parseNumber(text);
  return (value, _context, notes) => {
    if (wanted === undefined) {
      return unparsed({ value: text, what: 'number', negated, notes });
    }
    if (typeof value !== 'string') {
      return UNKNOWN;
    }
    const got = parseNumber(value);
    if (got === undefined) {
      return unparsed({ value, what: 'number', negated, notes });
    }
    if (
      got === wanted &&
      value !== text &&
      !(isExact(value) && isExact(text))
    ) {
      notes?.push(
        'open rule, how exactly numbers of more than 15 digits are compared is not documented',
      );
      return UNKNOWN;
    }
    return truthOf(inOrder({ left: got, order, right: wanted }));
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** Whether a double surely tells the number from every other one written like it. */
function isExact(text: string): boolean {
  return text.replace(/e.*$|\D/gi, '').length <= 15;
}

export function inOrder(options: {
  left: number;
  order: Order;
  right: number;
}): boolean {
  const { left, order, right } = options;
  switch (order) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return left === right;
  }
}
