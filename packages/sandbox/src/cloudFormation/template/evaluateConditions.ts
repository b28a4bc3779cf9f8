import { Template } from './Template';
import { TemplateError } from './TemplateError';
import { Scope, evaluateCondition } from './evaluate';

/**
 * The outcome of each condition of the template.
 *
 * @throws TemplateError for conditions that refer to themselves or to unknown ones.
 */
export function evaluateConditions(
  template: Template,
  scope: Omit<Scope, 'condition'>,
): Record<string, boolean> {
  const outcomes: Record<string, boolean> = {};
  const underWay = new Set<string>();

  function condition(name: string): boolean {
    if (Object.hasOwn(outcomes, name)) {
      return outcomes[name];
    }
    if (!Object.hasOwn(template.Conditions, name)) {
      throw new TemplateError(
        `Template format error: Unresolved condition dependency ${name} in the Conditions block of the template`,
      );
    }
    if (underWay.has(name)) {
      throw new TemplateError(
        `Template format error: Circular dependency between conditions: [${[
          ...underWay,
        ].join(', ')}]`,
      );
    }
    underWay.add(name);
    outcomes[name] = evaluateCondition(template.Conditions[name], {
      ...scope,
      condition,
    });
    underWay.delete(name);
    return outcomes[name];
  }

  for (const name of Object.keys(template.Conditions)) {
    condition(name);
  }
  return outcomes;
}
