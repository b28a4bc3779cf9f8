import { isDeepStrictEqual } from 'node:util';
import { Template } from '../template/Template';
import { TemplateError } from '../template/TemplateError';
import { parseTemplate } from '../template/parseTemplate';
import { Stack, StackDefinition } from './Stack';
import { StackStore } from './StackStore';
import { evaluateOutputs } from './evaluateOutputs';
import { exportsOf } from './exportsOf';
import { PlannedChange, planUpdate } from './plan/planUpdate';
import { PreparedStack, prepareStack } from './prepareStack';
import { checkCapabilities } from './requiredCapabilities';
import { stackScope } from './stackScope';

/** Statuses in which a stack can be updated. */
const updatable = new Set<Stack['status']>([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
]);

/** @throws TemplateError when the stack's status forbids an update. */
export function checkUpdatable({ id, status }: Stack): void {
  if (!updatable.has(status)) {
    throw new TemplateError(
      `Stack:${id} is in ${status} state and can not be updated.`,
    );
  }
}

/** A definition that a stack can be updated to, and what that will change. */
export interface CheckedUpdate {
  definition: StackDefinition;
  changes: PlannedChange[];
  /** Whether nothing at all will change: resources, outputs and tags. */
  isEmpty: boolean;
}

/**
 * Checks a new definition of a stack against what there is, and plans the change.
 *
 * @throws TemplateError for the first thing found wrong, AwsError for capabilities that are not
 * acknowledged.
 */
export function checkUpdate(options: {
  store: StackStore;
  stack: Stack;
  definition: StackDefinition;
}): CheckedUpdate {
  const { store, stack } = options;
  const next = prepareStack({ stack: { ...stack, ...options.definition } });
  const { template } = next;
  checkCapabilities(template, options.definition.capabilities);
  checkTypes(stack, template);
  const definition = {
    ...options.definition,
    description: template.Description,
    parameters: withDefaults(template, options.definition.parameters),
  };
  const changes = planUpdate({
    stack,
    previousTemplate: stack.templateBody
      ? parseTemplate(stack.templateBody, stack.parameters)
      : undefined,
    next,
    parameters: definition.parameters,
    tags: definition.tags,
    exported: name => exportsOf(store, stack).get(name)?.value,
  });
  return {
    definition,
    changes,
    isEmpty:
      changes.length === 0 &&
      isDeepStrictEqual(stack.tags, definition.tags) &&
      hasSameOutputs(store, stack, next),
  };
}

/** The parameters of a template: as given, else by default. */
export function withDefaults(
  template: Template,
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [
      name,
      given[name] ?? Default ?? '',
    ]),
  );
}

function checkTypes({ resources }: Stack, template: Template): void {
  const modified = Object.values(resources)
    .filter(({ logicalId, type }) => {
      const { Type } = template.Resources[logicalId] ?? { Type: type };
      return Type !== type;
    })
    .map(({ logicalId }) => logicalId);
  if (modified.length > 0) {
    throw new TemplateError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${modified.join(
        ', ',
      )}]`,
    );
  }
}

/** To be asked when no resource changes: all values are known then. */
function hasSameOutputs(
  store: StackStore,
  stack: Stack,
  { template, parameters }: PreparedStack,
): boolean {
  const scope = stackScope({
    template,
    parameters,
    stack,
    resource: logicalId => stack.resources[logicalId],
    exported: name => exportsOf(store, stack).get(name)?.value,
  });
  return isDeepStrictEqual(
    // The journal leaves out what is undefined.
    JSON.parse(JSON.stringify(evaluateOutputs({ template, scope }))),
    JSON.parse(JSON.stringify(stack.outputs)),
  );
}
