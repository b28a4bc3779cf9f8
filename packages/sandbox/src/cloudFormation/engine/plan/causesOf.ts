import { isDeepStrictEqual } from 'node:util';
import { ResourceDefinition } from '../../template/Template';
import { collectReferences } from '../../template/collectReferences';
import { Stack, Tags } from '../Stack';
import type { PropertyChange } from '../compareResource';
import type { PlannedChange } from './planUpdate';

/** Why a property changes. */
export interface Cause {
  /** `Static`: that it changes is certain before the execution. */
  evaluation: 'Static' | 'Dynamic';
  source:
    | 'DirectModification'
    | 'ParameterReference'
    | 'ResourceReference'
    | 'ResourceAttribute';
  /** Parameter, resource, or `Resource.Attribute`; absent for a direct modification. */
  entity?: string;
}

/** The resources that will change, or may, to which a value refers. */
export function referenceCauses(
  value: unknown,
  planned: Map<string, PlannedChange>,
): Cause[] {
  const causes = collectReferences(value).flatMap(
    ({ name, attribute }): Cause[] => {
      const change = planned.get(name);
      if (!change) {
        return [];
      }
      const isNew = change.action === 'Add' || change.replacement === 'True';
      if (attribute !== undefined) {
        return [
          {
            evaluation: isNew ? 'Static' : 'Dynamic',
            source: 'ResourceAttribute',
            entity: `${name}.${attribute}`,
          },
        ];
      }
      return isNew || change.replacement === 'Conditional'
        ? [
            {
              evaluation: isNew ? 'Static' : 'Dynamic',
              source: 'ResourceReference',
              entity: name,
            },
          ]
        : [];
    },
  );
  return distinct(causes);
}

/** Without repetitions. */
function distinct(causes: Cause[]): Cause[] {
  return causes.filter(
    (cause, index) =>
      causes.findIndex(other => isDeepStrictEqual(other, cause)) === index,
  );
}

/**
 * Why a property of a resource changes: the template says otherwise, or it refers to a parameter
 * or a resource that changes.
 */
export function causesOf(options: {
  stack: Stack;
  parameters: Record<string, string>;
  tags: Tags;
  previous: ResourceDefinition | undefined;
  definition: ResourceDefinition;
  change: PropertyChange;
  planned: Map<string, PlannedChange>;
}): Cause[] {
  const { stack, parameters, previous, definition, change, planned } = options;
  const value = definition.Properties?.[change.name];
  const causes: Cause[] = collectReferences(value)
    .filter(
      ({ name, attribute }) =>
        attribute === undefined &&
        Object.hasOwn(parameters, name) &&
        parameters[name] !== stack.parameters[name],
    )
    .map(({ name }) => ({
      evaluation: 'Static',
      source: 'ParameterReference',
      entity: name,
    }));
  causes.push(...referenceCauses(value, planned));
  const isModified = !isDeepStrictEqual(
    previous?.Properties?.[change.name],
    value,
  );
  if (isModified || causes.length === 0) {
    causes.push({ evaluation: 'Static', source: 'DirectModification' });
  }
  return distinct(causes);
}
