import { Fact, Notes, UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { Truth, UNKNOWN, truthOf } from '../match/Truth';
import type { CompiledCondition } from './compileCondition';
import { matchUnknown, matchValue } from './matchValue';

/**
 * An operator without set prefix.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchSingle(options: {
  condition: CompiledCondition;
  fact: Fact;
  context: RequestContext;
  notes: Notes;
}): Truth {
  const { condition, fact, context, notes } = options;
  const { element, form, key } = condition;
  const absent = truthOf(element.ifExists || (form.negated ?? false));
  if (element.values.length === 0) {
    return matchNoValues(options);
  }
  if (fact === undefined) {
    return absent;
  }
  if (fact instanceof UnknownFact) {
    if (key.multivalued && !fact.candidates) {
      // There may be several values, for which nothing is documented here.
      notes?.push(fact.reason);
      return UNKNOWN;
    }
    return matchUnknown({ condition, fact, absent, context, notes });
  }
  if (typeof fact === 'string') {
    return matchValue(condition, fact, context, notes);
  }
  if (fact.length === 1) {
    return matchValue(condition, fact[0], context, notes);
  }
  notes?.push(
    `${key.name}: open rule, several values without ForAllValues or ForAnyValue`,
  );
  return UNKNOWN;
}

/** `[]`: clear under IfExists; otherwise AWS's pages contradict each other. */
function matchNoValues(options: {
  condition: CompiledCondition;
  fact: Fact;
  notes: Notes;
}): Truth {
  const { condition, fact, notes } = options;
  if (!condition.element.ifExists) {
    notes?.push(
      `${condition.key.name}: open rule, AWS's pages disagree on an empty list of values`,
    );
    return UNKNOWN;
  }
  return matchOnlyIfAbsent({ fact, notes });
}

/** What an empty list of values amounts to under IfExists and ForAllValues. */
export function matchOnlyIfAbsent(options: {
  fact: Fact;
  notes: Notes;
}): Truth {
  const { fact, notes } = options;
  if (fact instanceof UnknownFact && !fact.present) {
    notes?.push(fact.reason);
    return UNKNOWN;
  }
  return truthOf(fact === undefined);
}
