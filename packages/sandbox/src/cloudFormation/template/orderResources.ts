import { Template } from './Template';
import { TemplateError } from './TemplateError';
import { collectReferences } from './collectReferences';

/** Resources to make, each after those it depends on, with their dependencies. */
export type ResourceOrder = { logicalId: string; dependsOn: string[] }[];

/**
 * Orders the resources whose condition holds so that each comes after what it refers to and what
 * its `DependsOn` names; otherwise in the template's order.
 *
 * @throws TemplateError for circular dependencies and references to what will not exist.
 */
export function orderResources(
  template: Template,
  conditions: Record<string, boolean>,
): ResourceOrder {
  const included = new Map(
    Object.entries(template.Resources).filter(
      ([, { Condition }]) => !Condition || conditions[Condition],
    ),
  );
  const dependencies = new Map<string, string[]>();
  for (const [logicalId, resource] of included) {
    const names = new Set<string>();
    for (const { name } of collectReferences(resource.Properties, conditions)) {
      if (included.has(name)) {
        names.add(name);
      } else if (Object.hasOwn(template.Resources, name)) {
        throw new TemplateError(
          `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
        );
      }
    }
    for (const name of resource.DependsOn ?? []) {
      if (included.has(name)) {
        names.add(name);
      }
    }
    dependencies.set(logicalId, [...names]);
  }

  const ordered: ResourceOrder = [];
  const waiting = new Set(included.keys());
  while (waiting.size > 0) {
    const ready = [...waiting].filter(logicalId =>
      dependencies.get(logicalId)!.every(name => !waiting.has(name)),
    );
    if (ready.length === 0) {
      throw new TemplateError(
        `Circular dependency between resources: [${[...waiting].join(', ')}]`,
      );
    }
    for (const logicalId of ready) {
      waiting.delete(logicalId);
      ordered.push({ logicalId, dependsOn: dependencies.get(logicalId)! });
    }
  }
  return ordered;
}
