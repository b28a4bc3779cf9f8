import { UNKNOWN, truthOf } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { unparsed } from './unparsed';

/**
 * `Bool`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export function boolTest(options: ValueTestOptions): ValueTest {
  const { text, variables, negated } = options;
  const open =
    (rule: string): ValueTest =>
    (_value, _context, notes) => {
      notes?.push(`open rule, ${rule}`);
      return UNKNOWN;
    };
  if (variables && text.includes('${')) {
    return open("AWS's pages disagree on policy variables under Bool");
  }
  const otherCase = open('the case of true and false is not documented');
  return (value, context, notes) => {
    for (const side of [text, value]) {
      if (typeof side !== 'string') {
        return UNKNOWN;
      }
      if (!isBoolean(side)) {
        return isBoolean(side.toLowerCase())
          ? otherCase(value, context, notes)
          : unparsed({ value: side, what: 'boolean', negated, notes });
      }
    }
    return truthOf(text === value);
  };
}

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false';
}
