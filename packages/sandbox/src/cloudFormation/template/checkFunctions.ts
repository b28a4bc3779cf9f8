import { LANGUAGE_EXTENSIONS, Template } from './Template';
import { TemplateError } from './TemplateError';

/** Functions that only the language extensions have. */
const EXTENDED = ['Fn::Length', 'Fn::ToJsonString'];

/**
 * Refuses transforms the sandbox does not execute, functions that need a transform that is not
 * declared, and policies that no type here supports.
 *
 * @throws TemplateError
 */
export function checkFunctions(template: Template): void {
  const unknown = template.Transform.filter(
    name => name !== LANGUAGE_EXTENSIONS,
  );
  if (unknown.length > 0) {
    throw new TemplateError(
      `The sandbox does not execute the transform [${unknown.join(
        ', ',
      )}], only ${LANGUAGE_EXTENSIONS}`,
    );
  }
  if (template.Transform.length === 0) {
    const text = JSON.stringify([
      template.Conditions,
      template.Resources,
      template.Outputs,
    ]);
    const used = EXTENDED.filter(name => text.includes(`{"${name}":`));
    if (used.length > 0) {
      throw new TemplateError(
        `Template format error: [${used.join(
          ', ',
        )}] can only be used with the transform ${LANGUAGE_EXTENSIONS}`,
      );
    }
  }
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    for (const attribute of [
      'DeletionPolicy',
      'UpdateReplacePolicy',
    ] as const) {
      if (resource[attribute] === 'Snapshot') {
        throw new TemplateError(
          `Template error: the resource ${logicalId} of type ${resource.Type} does not support ${attribute} Snapshot`,
        );
      }
    }
  }
}
