import { parseTemplate } from '../match/Template';
import { ConditionElement, ConditionValue, Policy } from './Policy';
import { Part } from './Problems';
import { OPERATORS, OperatorForm } from './operators';
import { readMembers } from './readMembers';
import { readList } from './readStrings';

type Operator = Pick<
  ConditionElement,
  'operator' | 'set' | 'base' | 'ifExists'
>;

/**
 * Reads `Condition`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseConditions(options: {
  part: Part;
  version: Policy['version'];
}): ConditionElement[] {
  const { part, version } = options;
  const conditions: ConditionElement[] = [];
  for (const [name, block] of readMembers(part, { what: 'Condition' }) ?? []) {
    const operator = parseOperator(name);
    const form = operator && OPERATORS.get(operator.base);
    if (!operator || !form) {
      block.problems.add({
        path: block.path,
        message: `${name} is no condition operator`,
        at: block.node,
      });
      continue;
    }
    const members = readMembers(block, { what: name });
    // A single key can't be given twice.
    const keys = members && members.size > 1 ? new Set<string>() : undefined;
    for (const [key, values] of members ?? []) {
      const lower = key.toLowerCase();
      if (keys?.has(lower)) {
        values.problems.add({
          path: values.path,
          message: `Condition key ${key} is given twice in different case`,
          at: values.node,
        });
      }
      keys?.add(lower);
      conditions.push({
        operator: operator.operator,
        set: operator.set,
        base: operator.base,
        ifExists: operator.ifExists,
        key,
        values: parseValues({ part: values, operator, form, version }),
      });
    }
  }
  return conditions;
}

function parseOperator(name: string): Operator | undefined {
  const form = OPERATORS.get(name);
  if (form) {
    return { operator: name, set: undefined, base: name, ifExists: false };
  }
  const [, set, base, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  if (!OPERATORS.has(base) || (base === 'Null' && ifExists)) {
    return undefined;
  }
  return {
    operator: name,
    set: set as Operator['set'],
    base,
    ifExists: ifExists !== undefined,
  };
}

function parseValues(options: {
  part: Part;
  operator: Operator;
  form: OperatorForm;
  version: Policy['version'];
}): ConditionValue[] {
  const { part, form, version } = options;
  const values: ConditionValue[] = [];
  for (const item of readList(part)) {
    const { node, problems } = item;
    if (
      node.kind !== 'string' &&
      node.kind !== 'number' &&
      node.kind !== 'boolean'
    ) {
      problems.add({
        path: item.path,
        message: 'A condition value must be a string, number or boolean',
        at: node,
      });
      continue;
    }
    const value: ConditionValue = {
      type: node.kind,
      text: node.kind === 'number' ? node.text : String(node.value),
    };
    const message =
      version === '2012-10-17' ? variableProblem(value, form) : undefined;
    if (message) {
      problems.add({ path: item.path, message, at: node });
    }
    values.push(value);
  }
  const message = listProblem(values, form);
  if (message) {
    part.problems.add({ path: part.path, message, at: part.node });
  }
  return values;
}

function listProblem(
  values: ConditionValue[],
  form: OperatorForm,
): string | undefined {
  if (values.length > 1 && values.some(({ type }) => type !== values[0].type)) {
    return 'The values of one condition key must all have one JSON type';
  }
  return form.type === 'bool' && values.length > 1
    ? 'Bool takes one value'
    : undefined;
}

function variableProblem(
  { text }: ConditionValue,
  form: OperatorForm,
): string | undefined {
  switch (form.type) {
    case 'string':
    case 'arn':
      return text.includes('${')
        ? parseTemplate(text, { wildcards: true, variables: true }).problem
        : undefined;
    case 'bool':
      // AWS's pages disagree on variables here; the evaluation says so.
      return undefined;
    default:
      return text.includes('${')
        ? 'Policy variables are allowed in string and ARN conditions only'
        : undefined;
  }
}
