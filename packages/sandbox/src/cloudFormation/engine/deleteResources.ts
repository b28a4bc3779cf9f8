import { ResourceWorker } from './ResourceWorker';
import { ObsoleteResource, ResourceStatus } from './Stack';
import { StackStore } from './StackStore';
import { statusReason } from './errors';
import { StoppedError } from './waiting';

/**
 * Deletes physical resources of a stack, the latest first. One that can't be deleted does not keep
 * the others, and is tried again as long as others went: after a failed update they may hold each
 * other in ways that their order of creation does not tell.
 *
 * @param options - `onStatus` is told of every step.
 * @returns the logical ids of those that could not be deleted.
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function deleteResources(options: {
  stackId: string;
  resources: ObsoleteResource[];
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
  onStatus(
    resource: ObsoleteResource,
    status: ResourceStatus,
    statusReason?: string,
  ): void;
}): Promise<string[]> {
  const { stackId, resources, store, worker, stopped, onStatus } = options;

  async function remove(resource: ObsoleteResource): Promise<unknown> {
    const { logicalId, version } = resource;
    if (!(await worker.delay(stopped))) {
      throw new StoppedError();
    }
    try {
      await worker.delete({ stack: store.get(stackId), logicalId, version });
      onStatus(resource, 'DELETE_COMPLETE');
      return undefined;
    } catch (error) {
      if (error instanceof StoppedError) {
        throw error;
      }
      return error;
    }
  }

  let pending: ObsoleteResource[] = [];
  for (const resource of byPosition(resources)) {
    if (resource.isRetained) {
      onStatus(resource, 'DELETE_SKIPPED');
    } else if (resource.version.physicalId === undefined) {
      // Its creation failed before there was anything.
      onStatus(resource, 'DELETE_COMPLETE');
    } else {
      pending.push(resource);
    }
  }
  const begun = new Set<ObsoleteResource>();
  for (;;) {
    const failed: { resource: ObsoleteResource; error: unknown }[] = [];
    for (const resource of pending) {
      if (!begun.has(resource)) {
        begun.add(resource);
        onStatus(resource, 'DELETE_IN_PROGRESS');
      }
      const error = await remove(resource);
      if (error !== undefined) {
        failed.push({ resource, error });
      }
    }
    if (failed.length === 0 || failed.length === pending.length) {
      for (const { resource, error } of failed) {
        onStatus(resource, 'DELETE_FAILED', statusReason(error));
      }
      return failed.map(({ resource }) => resource.logicalId);
    }
    pending = failed.map(({ resource }) => resource);
  }
}

function byPosition(resources: ObsoleteResource[]): ObsoleteResource[] {
  return [...resources].sort(
    (left, right) => right.version.position - left.version.position,
  );
}
