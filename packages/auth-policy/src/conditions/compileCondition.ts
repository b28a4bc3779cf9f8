import { ConditionKey, resolveConditionKey } from '../facts/ConditionKey';
import { Fact, Notes } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { Truth, UNKNOWN } from '../match/Truth';
import { ConditionElement } from '../parse/Policy';
import { OPERATORS, OperatorForm } from '../parse/operators';
import { ValueTest } from './ValueTest';
import { compileValueTest } from './compileValueTest';
import { matchNull } from './matchNull';
import { matchSet } from './matchSet';
import { matchSingle } from './matchSingle';
import { matchValue } from './matchValue';

/** A condition ready to be held against requests. */
export interface CompiledCondition {
  element: ConditionElement;
  key: ConditionKey;
  form: OperatorForm;
  tests: readonly ValueTest[];
  /** Whether a single known value needs nothing but the tests. */
  isPlain: boolean;
}

export function compileCondition(options: {
  element: ConditionElement;
  variables: boolean;
}): CompiledCondition {
  const { element, variables } = options;
  // The parser lets known operators through only.
  const form = OPERATORS.get(element.base)!;
  const tests =
    form.type === 'null'
      ? []
      : element.values.map(({ text, type }) =>
          compileValueTest({
            form,
            text,
            type,
            variables,
            negated: form.negated ?? false,
            ifExists: element.ifExists,
          }),
        );
  const key = resolveConditionKey(element.key);
  return {
    element,
    key,
    form,
    tests,
    isPlain:
      tests.length > 0 &&
      !element.set &&
      !(key.isTime && form.type === 'string'),
  };
}

/** Whether a request meets a condition. Notes are kept only if that is unknown. */
export function matchCondition(
  condition: CompiledCondition,
  context: RequestContext,
  notes: Notes,
): Truth {
  const fact = condition.key.lookup(context);
  if (!notes) {
    return condition.isPlain && typeof fact === 'string'
      ? matchValue(condition, fact, context, notes)
      : match({ condition, fact, context, notes });
  }
  const before = notes.length;
  const truth = match({ condition, fact, context, notes });
  if (truth !== UNKNOWN) {
    notes.length = before;
  }
  return truth;
}

function match(options: {
  condition: CompiledCondition;
  fact: Fact;
  context: RequestContext;
  notes: Notes;
}): Truth {
  const { condition, fact, notes } = options;
  const { element, form, key } = condition;
  if (form.type === 'null') {
    return matchNull({ condition, fact, notes });
  }
  if (key.isTime && form.type === 'string' && fact !== undefined) {
    notes?.push(
      `${key.name}: open rule, the text of a time under a string operator is not documented`,
    );
    return UNKNOWN;
  }
  return element.set ? matchSet(options) : matchSingle(options);
}
