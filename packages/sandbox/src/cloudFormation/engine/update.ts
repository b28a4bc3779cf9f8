import { EngineContext } from './EngineContext';
import {
  ObsoleteResource,
  Stack,
  StackResource,
  StackUpdate,
  versionOf,
} from './Stack';
import { Execution, executeTemplate } from './executeTemplate';
import { isRetained, removalPolicy } from './removalPolicy';
import { removeObsolete } from './removeAll';
import { restoreResources } from './restoreResources';

const NOT_ALL_DELETED = 'One or more resources could not be deleted.';

type Success = Extract<Execution, { succeeded: true }>;

/** Brings a stack to its new definition; a failure or cancellation is rolled back. */
export async function carryOutUpdate(
  context: EngineContext,
  stackId: string,
  cancelled: AbortController,
): Promise<void> {
  const { store } = context;
  const execution = await executeTemplate(context, stackId, cancelled);
  if (!execution.succeeded) {
    // A cancellation has said so itself, without a resource at fault.
    await failUpdate(context, stackId, execution.reason || 'User Initiated');
    return;
  }
  store.setStatus(
    stackId,
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    undefined,
    updated(store.get(stackId), execution),
  );
  await cleanUpUpdate(context, stackId);
}

/** The stack with its new resources alone; the others are left to the clean-up. */
function updated(
  stack: Stack,
  { template, order, outputs, imports }: Success,
): Partial<Stack> {
  const obsolete: ObsoleteResource[] = [...stack.update!.obsolete];
  for (const resource of Object.values(stack.resources)) {
    const { logicalId, before, physicalId, deletionPolicy } = resource;
    const isKept = order.some(entry => entry.logicalId === logicalId);
    if (before?.physicalId && before.physicalId !== physicalId) {
      const { UpdateReplacePolicy } = template.Resources[logicalId] ?? {};
      obsolete.push({
        logicalId,
        version: before,
        isRetained: isRetained(removalPolicy(UpdateReplacePolicy)),
      });
    }
    if (!isKept) {
      obsolete.push({
        logicalId,
        version: versionOf(resource),
        isRetained: isRetained((before ?? { deletionPolicy }).deletionPolicy),
      });
    }
  }
  const resources = order.map(({ logicalId }, position): StackResource => {
    const { before, isAdded, ...resource } = stack.resources[logicalId];
    return {
      ...resource,
      position,
      deletionPolicy: removalPolicy(
        template.Resources[logicalId].DeletionPolicy,
      ),
    };
  });
  return {
    outputs,
    imports,
    resources: byLogicalId(resources),
    update: { ...stack.update!, obsolete },
  };
}

function byLogicalId(
  resources: StackResource[],
): Record<string, StackResource> {
  return Object.fromEntries(
    resources.map(resource => [resource.logicalId, resource]),
  );
}

/** Deletes what a successful update has left behind. */
export async function cleanUpUpdate(
  context: EngineContext,
  stackId: string,
): Promise<void> {
  const failed = await removeObsolete({ ...context, stackId });
  context.store.setStatus(
    stackId,
    'UPDATE_COMPLETE',
    failed.length > 0 ? `Update successful. ${NOT_ALL_DELETED}` : undefined,
    { update: undefined },
  );
}

/** Rolls an update back, or leaves it as it is when rollback is disabled. */
export async function failUpdate(
  context: EngineContext,
  stackId: string,
  reason: string,
): Promise<void> {
  const { store } = context;
  const { update, status } = store.get(stackId);
  store.update(stackId, { failureReason: reason });
  if (update!.disableRollback) {
    store.setStatus(stackId, 'UPDATE_FAILED', reason);
    return;
  }
  if (status !== 'UPDATE_ROLLBACK_IN_PROGRESS') {
    store.setStatus(stackId, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  }
  await rollBackUpdate(context, stackId);
}

/**
 * Restores what an update has changed, then deletes what it has made.
 *
 * @param skip - Logical ids that count as restored without being touched.
 */
export async function rollBackUpdate(
  context: EngineContext,
  stackId: string,
  skip?: string[],
): Promise<void> {
  const { store } = context;
  const failed = await restoreResources({ ...context, stackId, skip });
  if (failed.length > 0) {
    store.setStatus(
      stackId,
      'UPDATE_ROLLBACK_FAILED',
      `The following resource(s) failed to update: [${failed.join(', ')}].`,
    );
    return;
  }
  store.setStatus(
    stackId,
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    undefined,
    rolledBack(store.get(stackId)),
  );
  await cleanUpRollback(context, stackId);
}

/** The stack as it was before the update; what that made is left to the clean-up. */
function rolledBack(stack: Stack): Partial<Stack> {
  const update: StackUpdate = stack.update!;
  const { retainExceptOnCreate } = update;
  const resources = Object.values(stack.resources);
  return {
    ...update.previous,
    resources: byLogicalId(resources.filter(({ isAdded }) => !isAdded)),
    update: {
      ...update,
      obsolete: [
        ...update.obsolete,
        ...resources
          .filter(({ isAdded }) => isAdded)
          .map(resource => ({
            logicalId: resource.logicalId,
            version: versionOf(resource),
            isRetained: isRetained(resource.deletionPolicy, {
              isCreation: true,
              retainExceptOnCreate,
            }),
          })),
      ],
    },
  };
}

/** Deletes what an update had made before it was rolled back. */
export async function cleanUpRollback(
  context: EngineContext,
  stackId: string,
): Promise<void> {
  const failed = await removeObsolete({ ...context, stackId });
  context.store.setStatus(
    stackId,
    'UPDATE_ROLLBACK_COMPLETE',
    failed.length > 0 ? NOT_ALL_DELETED : undefined,
    { update: undefined },
  );
}
