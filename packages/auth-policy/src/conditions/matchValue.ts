import { Notes, UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { ANY_TEXT, KnownText } from '../match/PartialText';
import { FALSE, TRUE, Truth, UNKNOWN, agree, not, or } from '../match/Truth';
import type { CompiledCondition } from './compileCondition';

/**
 * One value of a request against all values of the policy: they are alternatives, and a
 * negated operator wants none of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function matchValue(
  condition: CompiledCondition,
  value: KnownText,
  context: RequestContext,
  notes: Notes,
): Truth {
  let truth: Truth = FALSE;
  for (const test of condition.tests) {
    truth = or(truth, test(value, context, notes));
    if (truth === TRUE) {
      break;
    }
  }
  return condition.form.negated ? not(truth) : truth;
}

/**
 * A value that is not wholly known: true or false if everything that it can be agrees.
 *
 * @param options - `absent`: the truth if the request doesn't have the key after all;
 * `nullSet`: under a set operator, the truth if all values are empty.
 */
export function matchUnknown(options: {
  condition: CompiledCondition;
  fact: UnknownFact;
  absent: Truth;
  nullSet?: Truth;
  context: RequestContext;
  notes: Notes;
}): Truth {
  const { condition, fact, absent, nullSet, context, notes } = options;
  let truth: Truth | undefined;
  for (const value of fact.candidates ?? [ANY_TEXT]) {
    const one = matchValue(condition, value, context, notes);
    truth = truth === undefined ? one : agree(truth, one);
  }
  truth ??= UNKNOWN;
  if (!fact.candidates && nullSet !== undefined) {
    truth = agree(truth, nullSet);
  }
  if (!fact.present) {
    truth = agree(truth, absent);
  }
  if (truth === UNKNOWN) {
    notes?.push(fact.reason);
  }
  return truth;
}
