import { Template } from '../template/Template';
import { TemplateError } from '../template/TemplateError';
import { checkReferences } from '../template/checkReferences';
import { checkRules } from '../template/checkRules';
import { ResourceOrder, orderResources } from '../template/orderResources';
import { parseTemplate } from '../template/parseTemplate';
import {
  ParameterValue,
  resolveParameters,
} from '../template/resolveParameters';
import { Stack } from './Stack';
import { stackScope } from './stackScope';

/** A template ready to be executed. */
export interface PreparedStack {
  template: Template;
  parameters: Record<string, ParameterValue>;
  conditions: Record<string, boolean>;
  order: ResourceOrder;
}

/**
 * Checks all of a template and its parameters that can be known before any resource exists.
 *
 * @throws TemplateError for the first thing found wrong.
 */
export function prepareStack(options: {
  stack: Pick<
    Stack,
    | 'id'
    | 'name'
    | 'accountId'
    | 'region'
    | 'templateBody'
    | 'parameters'
    | 'resolvedParameters'
    | 'notificationArns'
  >;
}): PreparedStack {
  const { stack } = options;
  const template = parseTemplate(stack.templateBody, stack.parameters);
  checkReferences(template);
  const parameters = resolveParameters({
    definitions: template.Parameters,
    given: stack.parameters,
    resolved: stack.resolvedParameters,
  });
  const scope = stackScope({
    template,
    parameters,
    stack,
    resource: name => {
      throw new TemplateError(
        `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`,
      );
    },
    exported: name => {
      throw new TemplateError(
        `Template error: Cannot use Fn::ImportValue in Conditions (${name}).`,
      );
    },
  });
  checkRules(template, scope);
  const { conditions } = scope;
  return {
    template,
    parameters,
    conditions,
    order: orderResources(template, conditions),
  };
}
