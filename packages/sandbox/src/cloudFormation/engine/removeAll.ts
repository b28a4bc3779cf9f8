import { ResourceWorker } from './ResourceWorker';
import { ObsoleteResource, Stack, versionOf } from './Stack';
import { StackStore } from './StackStore';
import { deleteResources } from './deleteResources';
import { isRetained } from './removalPolicy';

interface RemoveOptions {
  stackId: string;
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
}

/**
 * Deletes all that a stack holds: its resources, and what a failed update left behind.
 *
 * @param options - `retain`: logical ids to leave alone. `isCreation`: a creation is rolled back.
 * @returns the logical ids of those that could not be deleted.
 */
export async function removeAll(
  options: RemoveOptions & { retain?: string[]; isCreation?: boolean },
): Promise<string[]> {
  const { stackId, store, retain = [], isCreation } = options;
  const stack = store.get(stackId);
  const { retainExceptOnCreate } = stack;
  const present = Object.values(stack.resources)
    .filter(
      ({ status }) =>
        status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED',
    )
    .map(resource => ({
      logicalId: resource.logicalId,
      version: versionOf(resource),
      isRetained:
        retain.includes(resource.logicalId) ||
        isRetained(resource.deletionPolicy, {
          isCreation,
          retainExceptOnCreate,
        }),
    }));
  const replaced = replacedIn(stack);
  const failed = await deleteResources({
    ...options,
    resources: [...present, ...replaced],
    onStatus(resource, status, statusReason) {
      if (present.includes(resource)) {
        store.setResourceStatus(stackId, resource.logicalId, status, {
          statusReason,
        });
      } else {
        store.recordResource(stackId, {
          ...resource.version,
          logicalId: resource.logicalId,
          status,
          statusReason,
        });
      }
    },
  });
  return [...new Set(failed)];
}

/** What an update that failed has replaced or left, in addition to the stack's resources. */
function replacedIn(stack: Stack): ObsoleteResource[] {
  const befores = Object.values(stack.resources)
    .filter(
      ({ before, physicalId }) =>
        before?.physicalId && before.physicalId !== physicalId,
    )
    .map(({ logicalId, before, deletionPolicy }) => ({
      logicalId,
      version: before!,
      isRetained: isRetained(deletionPolicy),
    }));
  return [...befores, ...(stack.update?.obsolete ?? [])];
}

/**
 * Deletes what an update, or its rollback, has left behind. What can't be deleted leaves the stack
 * all the same.
 *
 * @returns the logical ids of those that could not be deleted.
 */
export async function removeObsolete(
  options: RemoveOptions,
): Promise<string[]> {
  const { stackId, store } = options;
  return deleteResources({
    ...options,
    resources: store.get(stackId).update?.obsolete ?? [],
    onStatus(resource, status, statusReason) {
      const { logicalId, version } = resource;
      if (status !== 'DELETE_IN_PROGRESS') {
        const { update } = store.get(stackId);
        store.update(stackId, {
          update: {
            ...update!,
            obsolete: update!.obsolete.filter(other => other !== resource),
          },
        });
      }
      store.recordResource(stackId, {
        ...version,
        logicalId,
        status,
        statusReason,
      });
    },
  });
}

/** The reason of a stack's status when resources could not be deleted. */
export function failedToDelete(logicalIds: string[]): string | undefined {
  return logicalIds.length > 0
    ? `The following resource(s) failed to delete: [${logicalIds.join(', ')}].`
    : undefined;
}
