import { Fact, Notes, UnknownFact } from '../facts/Fact';
import { FALSE, TRUE, Truth, UNKNOWN, or, truthOf } from '../match/Truth';
import type { CompiledCondition } from './compileCondition';

/**
 * `Null`: whether the request has a key at all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function matchNull(options: {
  condition: CompiledCondition;
  fact: Fact;
  notes: Notes;
}): Truth {
  const { condition, fact, notes } = options;
  const { set, values } = condition.element;
  if (set) {
    // Access Analyzer, "Null with qualifier": always true and always false.
    return truthOf(set === 'ForAllValues');
  }
  const open = (reason: string): Truth => {
    notes?.push(`${condition.key.name}: ${reason}`);
    return UNKNOWN;
  };
  if (values.length === 0) {
    return open('open rule, an empty list of values is not documented');
  }
  let truth: Truth = FALSE;
  for (const { text } of values) {
    if (text !== 'true' && text !== 'false') {
      return open(`open rule, Null "${text}" is not documented`);
    }
    truth = or(truth, matchOne({ wantsAbsent: text === 'true', fact, open }));
  }
  if (values.some(({ text }) => text !== values[0].text)) {
    // Absent or present: one of the two it is.
    return TRUE;
  }
  if (truth === UNKNOWN && fact instanceof UnknownFact) {
    notes?.push(fact.reason);
  }
  return truth;
}

function matchOne(options: {
  wantsAbsent: boolean;
  fact: Fact;
  open: (reason: string) => Truth;
}): Truth {
  const { wantsAbsent, fact, open } = options;
  if (fact === undefined) {
    return truthOf(wantsAbsent);
  }
  if (fact instanceof UnknownFact) {
    return fact.present ? truthOf(!wantsAbsent) : UNKNOWN;
  }
  const isEmpty =
    typeof fact === 'string' ? fact === '' : fact.every(value => value === '');
  if (isEmpty) {
    return open('open rule, whether an empty value counts as null');
  }
  return wantsAbsent ? FALSE : TRUE;
}
