import { findResourceType } from '@lattice-portal/sandbox';
import { checkProperties } from './checkPropertyValue';
import type { Finding } from './checkPropertyValue';
import { checkReplacement } from './checkReplacement';
import { isRecord } from './templateValues';

/** Attributes a resource may have besides its properties. */
const ATTRIBUTES = [
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
  'Metadata',
];

/** Holds every resource against its type in CloudFormation's specification. */
export function checkResources(template: Record<string, any>): Finding[] {
  const parameters = template.Parameters ?? {};
  return Object.entries<any>(template.Resources ?? {}).flatMap(
    ([logicalId, resource]): Finding[] => {
      const path = ['Resources', logicalId];
      if (!isRecord(resource) || typeof resource.Type !== 'string') {
        return [[path, 'needs a Type']];
      }
      const unknown = Object.keys(resource)
        .filter(key => !ATTRIBUTES.includes(key))
        .map((key): Finding => [[...path, key], 'is no part of a resource']);
      const resourceType = findResourceType(resource.Type);
      if (!resourceType) {
        return [
          ...unknown,
          [[...path, 'Type'], `${resource.Type} is no type that is known here`],
        ];
      }
      const at = [...path, 'Properties'];
      const properties = isRecord(resource.Properties)
        ? resource.Properties
        : {};
      // What AWS sets can be read by Fn::GetAtt only.
      const readOnly = Object.keys(properties).filter(
        name =>
          !Object.hasOwn(resourceType.properties, name) &&
          resourceType.attributes.some(
            attribute => attribute.split('.')[0] === name,
          ),
      );
      return [
        ...unknown,
        ...readOnly.map((name): Finding => [[...at, name], 'is read-only']),
        ...checkProperties({
          resourceType,
          parameters,
          properties: resourceType.properties,
          value: Object.fromEntries(
            Object.entries(properties).filter(
              ([name]) => !readOnly.includes(name),
            ),
          ),
          path: resource.Properties ? at : path,
        }),
        ...checkReplacement({ template, resource, resourceType, path: at }),
      ];
    },
  );
}
