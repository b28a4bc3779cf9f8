import { Template } from './Template';
import { TemplateError } from './TemplateError';
import { Scope, evaluate, evaluateCondition } from './evaluate';

function list(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new TemplateError(`Template error: ${name} needs a list`);
  }
  return value.map(String);
}

/** The functions that only rules have; arguments are evaluated by them. */
const functions: Scope['functions'] = {
  'Fn::Contains': (argument, scope) => {
    const [values, wanted] = argument.map((item: unknown) =>
      evaluate(item, scope),
    );
    return list('Fn::Contains', values).includes(String(wanted));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [values, wanted] = argument.map((item: unknown) =>
      evaluate(item, scope),
    );
    return list('Fn::EachMemberEquals', values).every(
      value => value === String(wanted),
    );
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [values, allowed] = argument.map((item: unknown) =>
      list('Fn::EachMemberIn', evaluate(item, scope)),
    );
    return values.every((value: string) => allowed.includes(value));
  },
};

/**
 * Holds the parameters against the template's rules.
 *
 * @remarks
 * The functions that look at what an account holds (`Fn::RefAll`, `Fn::ValueOf`, `Fn::ValueOfAll`)
 * are refused.
 *
 * @throws TemplateError with the description of the first assertion that does not hold.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html}
 */
export function checkRules(template: Template, scope: Scope): void {
  const ruleScope: Scope = {
    ...scope,
    functions,
    condition(name) {
      throw new TemplateError(
        `Template error: rules can't refer to the condition ${name}`,
      );
    },
  };
  for (const [name, { RuleCondition, Assertions }] of Object.entries(
    template.Rules,
  )) {
    if (
      RuleCondition !== undefined &&
      !evaluateCondition(RuleCondition, ruleScope)
    ) {
      continue;
    }
    for (const { Assert, AssertDescription } of Assertions) {
      if (!evaluateCondition(Assert, ruleScope)) {
        throw new TemplateError(
          AssertDescription ?? `Template error: rule ${name} does not hold`,
        );
      }
    }
  }
}
