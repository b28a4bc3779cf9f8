import { isDeepStrictEqual } from 'node:util';
import { findProvider } from '../providers/providers';
import {
  PropertyType,
  ResourceType,
  findResourceType,
} from '../resourceTypes/resourceTypes';
import { Tags } from './Stack';

/** Whether a change makes a new resource; in AWS's words of `RequiresRecreation`. */
export type Recreation = 'Never' | 'Conditionally' | 'Always';

/** A property, or the tags, that an update changes. */
export interface PropertyChange {
  /** Top-level property; `Tags` for the tags, those of the stack among them. */
  name: string;
  recreation: Recreation;
  previous: unknown;
  next: unknown;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strongest(recreations: Recreation[]): Recreation {
  return (
    (['Always', 'Conditionally'] as const).find(recreation =>
      recreations.includes(recreation),
    ) ?? 'Never'
  );
}

/** Create-only properties may stand below one that is not, as `Config/Port` of a target group. */
function recreationOf(
  property: PropertyType | undefined,
  resourceType: ResourceType,
  previous: unknown,
  next: unknown,
): Recreation {
  if (isDeepStrictEqual(previous, next)) {
    return 'Never';
  }
  if (property?.replaces) {
    return property.replaces === 'maybe' ? 'Conditionally' : 'Always';
  }
  const nested = property?.ref && resourceType.types[property.ref];
  if (!nested) {
    return 'Never';
  }
  const before = isObject(previous) ? previous : {};
  const after = isObject(next) ? next : {};
  return strongest(
    Object.entries(nested).map(([name, type]) =>
      recreationOf(type, resourceType, before[name], after[name]),
    ),
  );
}

/**
 * What changes between two states of a resource, by the specification of its type. Tags are
 * compared as a whole, without regard to their order.
 */
export function compareResource(options: {
  type: string;
  previous: { properties: Record<string, any>; tags: Tags };
  next: { properties: Record<string, any>; tags: Tags };
}): PropertyChange[] {
  const { type, previous, next } = options;
  const resourceType = findResourceType(type);
  if (!resourceType) {
    throw new Error(`Resource type ${type} is not supported by the sandbox`);
  }
  const names = new Set([
    ...Object.keys(previous.properties),
    ...Object.keys(next.properties),
  ]);
  names.delete('Tags');
  const changes = [...names]
    .filter(
      name =>
        !isDeepStrictEqual(previous.properties[name], next.properties[name]),
    )
    .map(name => ({
      name,
      recreation: recreationOf(
        resourceType.properties[name],
        resourceType,
        previous.properties[name],
        next.properties[name],
      ),
      previous: previous.properties[name],
      next: next.properties[name],
    }));
  const isTaggable = Object.hasOwn(resourceType.properties, 'Tags');
  if (isTaggable && !isDeepStrictEqual(previous.tags, next.tags)) {
    changes.push({
      name: 'Tags',
      recreation: 'Never',
      previous: previous.tags,
      next: next.tags,
    });
  }
  return changes;
}

/** Whether the changes need a new resource; the type's provider decides on conditional ones. */
export function needsReplacement(
  type: string,
  changes: PropertyChange[],
): boolean {
  const provider = findProvider(type);
  return changes.some(
    ({ recreation, name, previous, next }) =>
      recreation === 'Always' ||
      (recreation === 'Conditionally' &&
        (provider?.replacesFor?.({ name, previous, next }) ?? true)),
  );
}
