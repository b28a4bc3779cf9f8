import type { CompiledCondition } from '../conditions/compileCondition';
import { Fact, UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { printText } from '../match/PartialText';
import { OperatorForm } from '../parse/operators';
import { FailedElement } from '../types';
import { printList } from './printList';

/** Says why a condition doesn't hold for a request. */
export function explainCondition(
  condition: CompiledCondition,
): (context: RequestContext) => FailedElement {
  const { element, key } = condition;
  const { operator } = element;
  const wanted = element.values.map(({ text }) => text);
  const beginning = `The ${key.label} ${phraseOf(condition, wanted)}, but `;
  return context => {
    const got = valuesOf(key.lookup(context));
    return got
      ? {
          code:
            condition.form.type === 'null'
              ? 'condition-key-present'
              : 'condition-value-differs',
          element: 'Condition',
          key: element.key,
          operator,
          wanted,
          got,
          message: `${beginning}it is ${printValues(got)}.`,
        }
      : {
          code: 'condition-key-absent',
          element: 'Condition',
          key: element.key,
          operator,
          wanted,
          message: `${beginning}the request does not have it.`,
        };
  };
}

function valuesOf(fact: Fact): string[] | undefined {
  if (fact === undefined) {
    return undefined;
  }
  if (fact instanceof UnknownFact) {
    return fact.candidates?.map(printText) ?? [];
  }
  return typeof fact === 'string' ? [fact] : [...fact];
}

function printValues(values: string[]): string {
  if (values.length === 0) {
    return 'something else';
  }
  if (values.length === 1 && values[0] !== '') {
    return values[0];
  }
  return values.map(value => (value === '' ? 'empty' : value)).join(', ');
}

const ORDERS = {
  '=': '',
  '<': 'less than ',
  '<=': 'at most ',
  '>': 'more than ',
  '>=': 'at least ',
};
const TIMES = {
  '=': '',
  '<': 'before ',
  '<=': 'not after ',
  '>': 'after ',
  '>=': 'not before ',
};

function phraseOf(
  { element, form }: CompiledCondition,
  wanted: string[],
): string {
  if (form.type === 'null') {
    return wanted.includes('true') ? 'must be absent' : 'must be present';
  }
  const quantity = { ForAllValues: 'all ', ForAnyValue: 'one ' };
  const which = element.set ? quantity[element.set] : '';
  const must = form.negated ? 'must not' : 'must';
  return `${must} ${which}${relationOf(form)}${printList(wanted)}`;
}

function relationOf(form: OperatorForm): string {
  switch (form.type) {
    case 'numeric':
      return `be ${ORDERS[form.order ?? '=']}`;
    case 'date':
      return `be ${TIMES[form.order ?? '=']}`;
    case 'ipAddress':
      return 'be in ';
    case 'arn':
      return 'match ';
    default:
      return form.text === 'like' ? 'match ' : 'be ';
  }
}
