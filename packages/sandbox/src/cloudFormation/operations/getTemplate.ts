import type { ServiceOperations } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { requiredCapabilities } from '../engine/requiredCapabilities';
import { parseTemplate } from '../template/parseTemplate';
import { findStack } from './findStack';
import { readTemplate } from './readTemplate';
import { validationError } from './validationErrors';

/** The operations that give templates, and what templates need. */
export function getTemplate({ store }: StackEngine): ServiceOperations {
  return {
    GetTemplate({ StackName }, context) {
      return {
        TemplateBody: findStack(store, StackName, context).templateBody,
        StagesAvailable: ['Original'],
      };
    },

    async GetTemplateSummary(input, context) {
      const { StackName } = input;
      const given = await readTemplate(input, context);
      if (!StackName && !given) {
        throw validationError(
          'Either Template URL or Template Body must be specified.',
        );
      }
      const template = parseTemplate(
        given ?? findStack(store, StackName, context).templateBody,
      );
      const { capabilities, types } = requiredCapabilities(template);
      return {
        Description: template.Description,
        Parameters: Object.entries(template.Parameters).map(
          ([key, parameter]) => ({
            ParameterKey: key,
            DefaultValue: parameter.Default,
            ParameterType: parameter.Type,
            NoEcho: parameter.NoEcho ?? false,
            Description: parameter.Description,
            ParameterConstraints: { AllowedValues: parameter.AllowedValues },
          }),
        ),
        Capabilities: capabilities,
        CapabilitiesReason:
          types.length > 0
            ? `The following resource(s) require capabilities: [${types.join(
                ', ',
              )}]`
            : undefined,
        ResourceTypes: [
          ...new Set(Object.values(template.Resources).map(({ Type }) => Type)),
        ],
        Version: template.AWSTemplateFormatVersion,
        Metadata:
          template.Metadata === undefined
            ? undefined
            : JSON.stringify(template.Metadata),
        DeclaredTransforms: template.Transform,
      };
    },
  };
}
