import { isDeepStrictEqual } from 'node:util';
import { ResourceWorker } from './ResourceWorker';
import { StackResource, versionOf } from './Stack';
import { StackStore } from './StackStore';
import { statusReason } from './errors';
import { StoppedError } from './waiting';

interface RestoreOptions {
  stackId: string;
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
}

/**
 * Gives the resources that an update has touched their earlier properties, or their earlier
 * physical resource, again. What the update made is left to the clean-up. A resource that can't be
 * restored does not keep the others.
 *
 * @param options - `skip`: logical ids that count as restored without being touched.
 * @returns the logical ids of those that could not be restored.
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function restoreResources(
  options: RestoreOptions & { skip?: string[] },
): Promise<string[]> {
  const { stackId, store, skip = [] } = options;
  const failed: string[] = [];
  const touched = Object.values(store.get(stackId).resources)
    .filter(({ before }) => before)
    .sort((left, right) => left.before!.position - right.before!.position);
  for (const resource of touched) {
    const { logicalId, before, physicalId, properties, tags } = resource;
    if (physicalId !== before!.physicalId) {
      restorePhysical(options, resource);
    } else if (
      skip.includes(logicalId) ||
      (isDeepStrictEqual(properties, before!.properties) &&
        isDeepStrictEqual(tags, before!.tags))
    ) {
      store.setResourceStatus(stackId, logicalId, 'UPDATE_COMPLETE', {
        ...before,
        before: undefined,
      });
    } else if (!(await restoreProperties(options, resource))) {
      failed.push(logicalId);
    }
  }
  return failed;
}

function restorePhysical(
  { stackId, store }: RestoreOptions,
  { logicalId, before, ...replacement }: StackResource,
): void {
  const { update } = store.get(stackId);
  store.update(stackId, {
    update: {
      ...update!,
      obsolete: [
        ...update!.obsolete,
        { logicalId, version: versionOf(replacement), isRetained: false },
      ],
    },
  });
  store.setResourceStatus(stackId, logicalId, 'UPDATE_COMPLETE', {
    ...before,
    before: undefined,
  });
}

async function restoreProperties(
  { stackId, store, worker, stopped }: RestoreOptions,
  resource: StackResource,
): Promise<boolean> {
  const { logicalId } = resource;
  const before = resource.before!;
  store.setResourceStatus(stackId, logicalId, 'UPDATE_IN_PROGRESS');
  if (!(await worker.delay(stopped))) {
    throw new StoppedError();
  }
  try {
    await worker.update({
      stack: store.get(stackId),
      logicalId,
      version: before,
      previous: versionOf(resource),
    });
  } catch (error) {
    if (error instanceof StoppedError) {
      throw error;
    }
    store.setResourceStatus(stackId, logicalId, 'UPDATE_FAILED', {
      statusReason: statusReason(error),
    });
    return false;
  }
  store.setResourceStatus(stackId, logicalId, 'UPDATE_COMPLETE', {
    ...before,
    before: undefined,
  });
  return true;
}
