import { attributesOf } from '../resourceTypes/resourceTypes';
import { Template } from './Template';
import { TemplateError } from './TemplateError';
import { collectReferences } from './collectReferences';
import { pseudoParameters } from './pseudoParameters';

const pseudo = new Set(
  Object.keys(
    pseudoParameters({ id: '', name: '', accountId: '', region: '' }),
  ),
);

/**
 * Refuses a template that refers to what it does not declare: parameters and resources, attributes
 * that a resource's type does not have, conditions and `DependsOn`.
 *
 * @throws TemplateError naming the references.
 */
export function checkReferences(template: Template): void {
  const { Parameters, Resources, Conditions, Outputs } = template;
  for (const section of ['Resources', 'Outputs'] as const) {
    const references = collectReferences(
      section === 'Outputs'
        ? Outputs
        : Object.values(Resources).map(resource => resource.Properties),
    );
    const unresolved = references
      .filter(({ name, attribute }) =>
        attribute === undefined
          ? !pseudo.has(name) &&
            !Object.hasOwn(Parameters, name) &&
            !Object.hasOwn(Resources, name)
          : !Object.hasOwn(Resources, name),
      )
      .map(({ name }) => name);
    if (unresolved.length > 0) {
      throw new TemplateError(
        `Template format error: Unresolved resource dependencies [${[
          ...new Set(unresolved),
        ].join(', ')}] in the ${section} block of the template`,
      );
    }
    for (const { name, attribute } of references) {
      const attributes = attributesOf(Resources[name]?.Type);
      if (
        attribute !== undefined &&
        attributes?.includes(attribute) === false
      ) {
        throw new TemplateError(
          `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
        );
      }
    }
  }
  for (const [logicalId, resource] of Object.entries(Resources)) {
    for (const name of resource.DependsOn ?? []) {
      if (!Object.hasOwn(Resources, name)) {
        throw new TemplateError(
          `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
        );
      }
    }
    if (resource.Condition && !Object.hasOwn(Conditions, resource.Condition)) {
      throw new TemplateError(
        `Template format error: Unresolved condition dependency ${resource.Condition} in the Resources block of the template`,
      );
    }
    if (resource.DependsOn?.includes(logicalId)) {
      throw new TemplateError(
        `Circular dependency between resources: [${logicalId}]`,
      );
    }
  }
}
