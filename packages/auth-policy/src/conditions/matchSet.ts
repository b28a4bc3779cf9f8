import { Fact, Notes, UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { FALSE, TRUE, Truth, UNKNOWN, and, or } from '../match/Truth';
import type { CompiledCondition } from './compileCondition';
import { matchOnlyIfAbsent } from './matchSingle';
import { matchUnknown, matchValue } from './matchValue';

interface Options {
  condition: CompiledCondition;
  fact: Fact;
  context: RequestContext;
  notes: Notes;
}

/**
 * `ForAllValues` and `ForAnyValue`. A key with one value is a set of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchSet(options: Options): Truth {
  return options.condition.element.set === 'ForAllValues'
    ? matchAll(options)
    : matchAny(options);
}

function matchAll(options: Options): Truth {
  const { condition, fact, context, notes } = options;
  if (condition.element.values.length === 0) {
    return matchOnlyIfAbsent({ fact, notes });
  }
  if (fact === undefined) {
    return TRUE;
  }
  if (fact instanceof UnknownFact) {
    return matchUnknown({
      condition,
      fact,
      absent: TRUE,
      nullSet: TRUE,
      context,
      notes,
    });
  }
  const values = typeof fact === 'string' ? [fact] : fact;
  if (values.every(value => value === '')) {
    // A null set.
    return TRUE;
  }
  let truth: Truth = TRUE;
  for (const value of values) {
    const one = matchValue(condition, value, context, notes);
    truth = and(
      truth,
      value === '' && one === FALSE ? openIfEmpty(options) : one,
    );
  }
  return truth;
}

function matchAny(options: Options): Truth {
  const { condition, fact, context, notes } = options;
  const { element, form, key } = condition;
  if (element.values.length === 0) {
    return FALSE;
  }
  const absent = () => {
    if (element.ifExists) {
      return TRUE;
    }
    if (!form.negated) {
      return FALSE;
    }
    notes?.push(
      `${key.name}: open rule, AWS's pages disagree on ForAnyValue with a negated operator for a missing key`,
    );
    return UNKNOWN;
  };
  if (fact === undefined) {
    return absent();
  }
  if (fact instanceof UnknownFact) {
    return matchUnknown({
      condition,
      fact,
      absent: fact.present ? FALSE : absent(),
      nullSet: FALSE,
      context,
      notes,
    });
  }
  let truth: Truth = FALSE;
  for (const value of typeof fact === 'string' ? [fact] : fact) {
    const one = matchValue(condition, value, context, notes);
    truth = or(
      truth,
      value === '' && one === TRUE ? openIfEmpty(options) : one,
    );
  }
  return truth;
}

/** A set of empty values is a null set under ForAllValues; the rest isn't documented. */
function openIfEmpty({ condition, notes }: Options): Truth {
  notes?.push(
    `${condition.key.name}: open rule, whether an empty value counts among others and under ForAnyValue is not documented`,
  );
  return UNKNOWN;
}
