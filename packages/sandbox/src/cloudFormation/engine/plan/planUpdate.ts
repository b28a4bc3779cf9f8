import { isDeepStrictEqual } from 'node:util';
import { checkProperties } from '../../resourceTypes/checkProperties';
import { findResourceType } from '../../resourceTypes/resourceTypes';
import { ResourceDefinition, Template } from '../../template/Template';
import { TemplateError } from '../../template/TemplateError';
import { evaluate } from '../../template/evaluate';
import { Stack, StackResource, Tags } from '../Stack';
import { compareResource, PropertyChange } from '../compareResource';
import { PreparedStack } from '../prepareStack';
import { isRetained, removalPolicy } from '../removalPolicy';
import { resourceTags } from '../resourceTags';
import { StackScope, stackScope } from '../stackScope';
import { Cause, causesOf, referenceCauses } from './causesOf';

/** What stands in a planned value for what only the execution will tell; AWS's own marker. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** What an update will change in a property, in the tags or in an attribute of the resource. */
export interface PlannedDetail extends PropertyChange {
  attribute:
    | 'Properties'
    | 'Tags'
    | 'Metadata'
    | 'DeletionPolicy'
    | 'UpdateReplacePolicy';
  causes: Cause[];
}

/** What an update will do with a resource. */
export interface PlannedChange {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  type: string;
  physicalId?: string;
  replacement?: 'True' | 'False' | 'Conditional';
  policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  details: PlannedDetail[];
  /** Properties and tags before; absent for what will be added. */
  before?: { properties: Record<string, unknown>; tags: Tags };
  /** Properties and tags after; absent for what will be removed. */
  after?: { properties: Record<string, unknown>; tags: Tags };
}

/** What a stack will be, and what is known of what it is. */
export interface PlanInput {
  stack: Stack;
  /** The present template; `undefined` for a stack that has none yet. */
  previousTemplate?: Template;
  next: PreparedStack;
  /** Values of parameters as texts, as they will be. */
  parameters: Record<string, string>;
  tags: Tags;
  /** Finds the value of an export. */
  exported(name: string): string | undefined;
}

/** A resource that the execution will make: its id and attributes are not known before. */
function futureResource(): StackResource {
  return {
    physicalId: KNOWN_AFTER_APPLY,
    attributes: new Proxy({}, { get: () => KNOWN_AFTER_APPLY }),
  } as unknown as StackResource;
}

/** The properties as far as they can be told: what can't be evaluated counts as not known. */
function planProperties(
  { Type, Properties = {} }: ResourceDefinition,
  scope: StackScope,
): Record<string, any> {
  const evaluated = Object.fromEntries(
    Object.entries(Properties)
      .map(([name, value]) => {
        try {
          return [name, evaluate(value, scope)] as const;
        } catch (error) {
          if (error instanceof TemplateError) {
            return [name, KNOWN_AFTER_APPLY] as const;
          }
          throw error;
        }
      })
      .filter(([, value]) => value !== undefined),
  );
  const resourceType = findResourceType(Type);
  // Problems are told by the execution, which knows all values.
  return resourceType
    ? { ...evaluated, ...checkProperties(resourceType, evaluated).properties }
    : evaluated;
}

/**
 * What an update will do, resource by resource, without doing it.
 *
 * @remarks
 * As in AWS, a resource that refers to an attribute of one that will be modified is listed too:
 * whether the attribute changes is known only afterwards.
 */
export function planUpdate(input: PlanInput): PlannedChange[] {
  const { stack, previousTemplate, next, tags, exported } = input;
  const planned = new Map<string, PlannedChange>();
  const scope = stackScope({
    template: next.template,
    parameters: next.parameters,
    stack,
    resource(logicalId) {
      const change = planned.get(logicalId);
      return change?.action === 'Add' || change?.replacement === 'True'
        ? futureResource()
        : stack.resources[logicalId];
    },
    exported,
  });
  for (const { logicalId } of next.order) {
    const definition = next.template.Resources[logicalId];
    const properties = planProperties(definition, scope);
    const after = { properties, tags: resourceTags(tags, properties) };
    const change = planResource(input, logicalId, after, planned);
    if (change) {
      planned.set(logicalId, change);
    }
  }
  const kept = new Set(next.order.map(({ logicalId }) => logicalId));
  const removed = Object.values(stack.resources)
    .filter(({ logicalId }) => !kept.has(logicalId))
    .map((resource): PlannedChange => {
      const policy = removalPolicy(
        previousTemplate?.Resources[resource.logicalId]?.DeletionPolicy,
      );
      return {
        action: 'Remove',
        logicalId: resource.logicalId,
        type: resource.type,
        physicalId: resource.physicalId,
        policyAction: isRetained(policy) ? 'Retain' : 'Delete',
        details: [],
        before: { properties: resource.properties, tags: resource.tags },
      };
    });
  return [...planned.values(), ...removed];
}

function planResource(
  input: PlanInput,
  logicalId: string,
  after: NonNullable<PlannedChange['after']>,
  planned: Map<string, PlannedChange>,
): PlannedChange | undefined {
  const { stack, previousTemplate, next } = input;
  const definition = next.template.Resources[logicalId];
  const { Type: type } = definition;
  const existing = stack.resources[logicalId];
  if (existing?.physicalId === undefined) {
    return { action: 'Add', logicalId, type, details: [], after };
  }
  const previous = previousTemplate?.Resources[logicalId];
  const changes = findResourceType(type)
    ? compareResource({ type, previous: existing, next: after })
    : [];
  const details: PlannedDetail[] = changes.map(change => ({
    ...change,
    attribute: change.name === 'Tags' ? 'Tags' : 'Properties',
    causes: causesOf({ ...input, previous, definition, change, planned }),
  }));
  details.push(
    ...attributeOfModified(definition, details, planned),
    ...attributeChanges(previous, definition),
  );
  if (details.length === 0 && !/_FAILED$/.test(existing.status)) {
    return undefined;
  }
  const replacement = replacementOf(details);
  return {
    action: 'Modify',
    logicalId,
    type,
    physicalId: existing.physicalId,
    replacement,
    policyAction: policyActionOf(replacement, definition),
    details,
    before: { properties: existing.properties, tags: existing.tags },
    after,
  };
}

function policyActionOf(
  replacement: PlannedChange['replacement'],
  { UpdateReplacePolicy }: ResourceDefinition,
): PlannedChange['policyAction'] {
  if (replacement === 'False') {
    return undefined;
  }
  return isRetained(removalPolicy(UpdateReplacePolicy))
    ? 'ReplaceAndRetain'
    : 'ReplaceAndDelete';
}

/** Properties that name an attribute of a resource to be modified: they may change with it. */
function attributeOfModified(
  { Type, Properties = {} }: ResourceDefinition,
  known: PlannedDetail[],
  planned: Map<string, PlannedChange>,
): PlannedDetail[] {
  const resourceType = findResourceType(Type);
  return Object.entries(Properties)
    .filter(([name]) => !known.some(detail => detail.name === name))
    .flatMap(([name, value]) => {
      const causes = referenceCauses(value, planned);
      const { replaces } = resourceType?.properties[name] ?? {};
      return causes.length > 0
        ? [
            {
              name,
              attribute: 'Properties' as const,
              recreation: replaces
                ? ('Conditionally' as const)
                : ('Never' as const),
              previous: undefined,
              next: undefined,
              causes,
            },
          ]
        : [];
    });
}

/** What changes of a resource besides its properties. */
function attributeChanges(
  previous: ResourceDefinition | undefined,
  next: ResourceDefinition,
): PlannedDetail[] {
  if (!previous) {
    return [];
  }
  return (['Metadata', ...POLICIES] as const)
    .filter(name => !isDeepStrictEqual(previous[name], next[name]))
    .map(name => ({
      name: '',
      attribute: name,
      recreation: 'Never' as const,
      previous: previous[name],
      next: next[name],
      causes: [{ evaluation: 'Static', source: 'DirectModification' }],
    }));
}

/** Certain only where the new value is known to differ, or stands for something new. */
function replacementOf(
  details: PlannedDetail[],
): NonNullable<PlannedChange['replacement']> {
  if (details.some(({ recreation }) => recreation === 'Always')) {
    return 'True';
  }
  return details.some(({ recreation }) => recreation === 'Conditionally')
    ? 'Conditional'
    : 'False';
}
