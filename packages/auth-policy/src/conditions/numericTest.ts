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
    if (typeof value !== 'string') {
      return UNKNOWN;
    }
    const got = parseNumber(value);
    return got === undefined || wanted === undefined
      ? unparsed({
          value: wanted === undefined ? text : value,
          what: 'number',
          negated,
          notes,
        })
      : truthOf(inOrder({ left: got, order, right: wanted }));
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
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
