import type { OperationContext } from '../../operations/OperationHandler';
import { StackDefinition } from '../engine/Stack';
import { parseTemplate } from '../template/parseTemplate';
import { readSsmParameters } from './readSsmParameters';
import { readTemplate } from './readTemplate';
import { sessionOf } from './sessionOf';
import { validationError } from './validationErrors';
import { tagsFrom } from '../../estate/tagList';

/** A stack's definition as a request gives it, and as whom it is to be executed. */
export interface RequestedDefinition extends StackDefinition {
  principalArn: string;
}

/**
 * Reads the template, parameters, tags, capabilities and role of a request.
 *
 * @param stack - The stack as it is, for what the request says to keep or does not give; `undefined`
 * for a new one. Parameters are kept by `UsePreviousValue` alone, and capabilities never.
 */
export async function definitionFrom(
  input: Record<string, any>,
  context: OperationContext,
  stack?: StackDefinition,
): Promise<RequestedDefinition> {
  const roleArn = input.RoleARN ?? stack?.roleArn;
  const templateBody = await templateFrom(input, context, stack);
  const parameters = parametersFrom(input.Parameters ?? [], stack);
  const template = parseTemplate(templateBody, parameters);
  return {
    templateBody,
    parameters,
    resolvedParameters: await readSsmParameters(template, parameters, context),
    tags: input.Tags ? tagsFrom(input.Tags) : stack?.tags ?? {},
    capabilities: input.Capabilities ?? [],
    notificationArns: input.NotificationARNs ?? stack?.notificationArns ?? [],
    roleArn,
    principalArn: roleArn
      ? sessionOf(roleArn, 'AWSCloudFormation')
      : context.principalArn,
  };
}

async function templateFrom(
  input: Record<string, any>,
  context: OperationContext,
  stack?: StackDefinition,
): Promise<string> {
  const given = await readTemplate(input, context);
  if (input.UsePreviousTemplate && given) {
    throw validationError(
      'You cannot specify both usePreviousTemplate and Template Body/Template URL.',
    );
  }
  const template = input.UsePreviousTemplate ? stack?.templateBody : given;
  if (!template) {
    throw validationError(
      'Either Template URL or Template Body must be specified.',
    );
  }
  return template;
}

function parametersFrom(
  parameters: Record<string, any>[],
  stack?: StackDefinition,
): Record<string, string> {
  return Object.fromEntries(
    parameters.map(({ ParameterKey, ParameterValue, UsePreviousValue }) => {
      if (!UsePreviousValue) {
        return [ParameterKey, ParameterValue ?? ''];
      }
      if (ParameterValue !== undefined) {
        throw validationError(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
        );
      }
      const previous = stack?.parameters[ParameterKey];
      if (previous === undefined) {
        throw validationError(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
        );
      }
      return [ParameterKey, previous];
    }),
  );
}
