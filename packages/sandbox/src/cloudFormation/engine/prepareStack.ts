import { Template } from '../template/Template';
import { TemplateError } from '../template/TemplateError';
import { checkReferences } from '../template/checkReferences';
import { ResourceOrder, orderResources } from '../template/orderResources';
import { parseTemplate } from '../template/parseTemplate';
import {
  ParameterValue,
  resolveParameters,
} from '../template/resolveParameters';
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
  templateBody: string;
  parameters: Record<string, string>;
  stack: { id: string; name: string; accountId: string; region: string };
}): PreparedStack {
  const { templateBody, parameters: given, stack } = options;
  const template = parseTemplate(templateBody);
  checkReferences(template);
  const parameters = resolveParameters({
    definitions: template.Parameters,
    given,
  });
  const { conditions } = stackScope({
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
  return {
    template,
    parameters,
    conditions,
    order: orderResources(template, conditions),
  };
}
