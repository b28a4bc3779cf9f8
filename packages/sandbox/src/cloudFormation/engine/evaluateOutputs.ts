import { Template } from '../template/Template';
import { TemplateError } from '../template/TemplateError';
import { evaluate } from '../template/evaluate';
import { StackOutput } from './Stack';
import { StackScope } from './stackScope';

function text(key: string, value: unknown): string {
  if (typeof value === 'object' || value === undefined) {
    throw new TemplateError(
      `Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`,
    );
  }
  return String(value);
}

/**
 * The outputs whose condition holds.
 *
 * @throws TemplateError for values that are not texts.
 */
export function evaluateOutputs(options: {
  template: Template;
  scope: StackScope;
}): StackOutput[] {
  const { template, scope } = options;
  return Object.entries(template.Outputs)
    .filter(([, { Condition }]) => !Condition || scope.condition(Condition))
    .map(([key, { Value, Description, Export }]) => {
      const exportName = Export && text(key, evaluate(Export.Name, scope));
      return {
        key,
        value: text(key, evaluate(Value, scope)),
        description: Description,
        exportName,
      };
    });
}
