import type { OperationHandler } from '../../operations/OperationHandler';
import { requiredCapabilities } from '../engine/requiredCapabilities';
import { checkReferences } from '../template/checkReferences';
import { parseTemplate } from '../template/parseTemplate';
import { readTemplate } from './readTemplate';
import { validationError } from './validationErrors';

/** `ValidateTemplate`. */
export const validateTemplate: OperationHandler = async (input, context) => {
  const body = await readTemplate(input, context);
  if (!body) {
    throw validationError(
      'Either Template URL or Template Body must be specified.',
    );
  }
  const template = parseTemplate(body);
  checkReferences(template);
  const { capabilities, types } = requiredCapabilities(template);
  return {
    Description: template.Description,
    Parameters: Object.entries(template.Parameters).map(([key, parameter]) => ({
      ParameterKey: key,
      DefaultValue: parameter.Default,
      NoEcho: parameter.NoEcho ?? false,
      Description: parameter.Description,
    })),
    Capabilities: capabilities,
    CapabilitiesReason:
      capabilities.length > 0
        ? `The following resource(s) require capabilities: [${types.join(
            ', ',
          )}]`
        : undefined,
    DeclaredTransforms: template.Transform,
  };
};
