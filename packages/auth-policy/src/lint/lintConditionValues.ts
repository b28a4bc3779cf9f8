import { ConditionElement } from '../parse/Policy';
import { OPERATORS, OperatorForm } from '../parse/operators';
import { LintContext } from './LintContext';

const DATE =
  /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** Forms that a value must have to ever be met. */
const FORMS: Partial<Record<OperatorForm['type'], [RegExp, string]>> = {
  numeric: [/^[+-]?\d+(\.\d+)?$/, 'a number'],
  bool: [/^(true|false|\$\{.*\})$/, 'true or false'],
  null: [/^(true|false)$/, 'true or false'],
  ipAddress: [/^[\da-fA-F.:]+(\/\d{1,3})?$/, 'an address or CIDR block'],
  binary: [/^[A-Za-z\d+/]*={0,2}$/, 'base64'],
};

/** Values that can't be met, or not as written. */
export function lintConditionValues(options: {
  context: LintContext;
  condition: ConditionElement;
  path: string;
}): void {
  const { context, condition, path } = options;
  for (const [index, { text }] of condition.values.entries()) {
    const message = valueProblem(condition, text);
    if (message) {
      context.add({
        code: 'bad-value',
        severity: 'warning',
        path: context.item(path, index),
        message,
      });
    }
  }
}

function valueProblem(
  { base, key }: ConditionElement,
  text: string,
): string | undefined {
  const form = OPERATORS.get(base);
  if (!form) {
    return undefined;
  }
  const [pattern, wanted] =
    form.type === 'date'
      ? [/^\d+$/.test(text) ? /^/ : DATE, 'an ISO 8601 date']
      : FORMS[form.type] ?? [/^/, ''];
  if (!pattern.test(text)) {
    return `"${text}" is not ${wanted}, which ${base} takes.`;
  }
  if (
    form.type === 'string' &&
    form.text !== 'like' &&
    /[*?]/.test(text.replace(/\$\{[^}]*\}/g, ''))
  ) {
    const like = form.negated ? 'StringNotLike' : 'StringLike';
    return `${base} takes the wildcards of "${text}" as they are; use ${like}.`;
  }
  return key === 'vpc-lattice-svcs:RequestMethod' &&
    base === 'StringEquals' &&
    text !== text.toUpperCase()
    ? `Methods are in upper case: "${text}" is not what a call has.`
    : undefined;
}
