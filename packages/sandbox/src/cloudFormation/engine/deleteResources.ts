import { ResourceWorker } from './ResourceWorker';
import { StackStore } from './StackStore';
import { statusReason } from './errors';
import { StoppedError } from './waiting';

/**
 * Deletes what a stack has made, in reverse order. A resource that can't be deleted does not keep
 * the others.
 *
 * @returns the logical ids of those that could not be deleted.
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function deleteResources(options: {
  stackId: string;
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
  /** Logical ids to leave alone. */
  retain?: string[];
  /** Whether `DeletionPolicy: Retain` counts: not when a creation is rolled back. */
  honourRetain: boolean;
}): Promise<string[]> {
  const {
    stackId,
    store,
    worker,
    stopped,
    retain = [],
    honourRetain,
  } = options;
  const failed: string[] = [];
  const resources = Object.values(store.get(stackId).resources)
    .filter(
      ({ status }) =>
        status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED',
    )
    .sort((left, right) => right.position - left.position);

  for (const { logicalId, physicalId, retained } of resources) {
    if ((retained && honourRetain) || retain.includes(logicalId)) {
      store.setResourceStatus(stackId, logicalId, 'DELETE_SKIPPED');
      continue;
    }
    if (physicalId === undefined) {
      // Its creation failed before there was anything.
      store.setResourceStatus(stackId, logicalId, 'DELETE_COMPLETE');
      continue;
    }
    store.setResourceStatus(stackId, logicalId, 'DELETE_IN_PROGRESS');
    if (!(await worker.delay(stopped))) {
      throw new StoppedError();
    }
    try {
      const stack = store.get(stackId);
      await worker.delete({ stack, resource: stack.resources[logicalId] });
      store.setResourceStatus(stackId, logicalId, 'DELETE_COMPLETE');
    } catch (error) {
      if (error instanceof StoppedError) {
        throw error;
      }
      failed.push(logicalId);
      store.setResourceStatus(stackId, logicalId, 'DELETE_FAILED', {
        statusReason: statusReason(error),
      });
    }
  }
  return failed;
}
