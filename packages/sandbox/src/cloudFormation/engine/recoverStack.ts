import { EngineContext } from './EngineContext';
import { versionOf } from './Stack';
import { failCreation, rollBackCreation } from './creation';
import { removeEverything } from './deletion';
import {
  cleanUpRollback,
  cleanUpUpdate,
  failUpdate,
  rollBackUpdate,
} from './update';

/**
 * Takes up the work on a stack that a stop of the sandbox interrupted, from what the journal kept:
 * a creation or an update counts as failed, all else goes on.
 */
export async function recoverStack(
  context: EngineContext,
  stackId: string,
): Promise<void> {
  const { status } = context.store.get(stackId);
  switch (status) {
    case 'DELETE_IN_PROGRESS':
      return removeEverything(context, stackId);
    case 'ROLLBACK_IN_PROGRESS':
      return rollBackCreation(context, stackId);
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return cleanUpUpdate(context, stackId);
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return rollBackUpdate(context, stackId);
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return cleanUpRollback(context, stackId);
    case 'UPDATE_IN_PROGRESS':
      failUnderWay(context, stackId);
      return failUpdate(
        context,
        stackId,
        'The sandbox was stopped during the update.',
      );
    default:
      failUnderWay(context, stackId);
      return failCreation(
        context,
        stackId,
        'The sandbox was stopped during the creation.',
      );
  }
}

/** What was being made or changed at the stop counts as failed. */
function failUnderWay({ store }: EngineContext, stackId: string): void {
  for (const resource of Object.values(store.get(stackId).resources)) {
    const { logicalId, status } = resource;
    if (status === 'CREATE_IN_PROGRESS') {
      store.setResourceStatus(stackId, logicalId, 'CREATE_FAILED', {
        statusReason: 'The sandbox was stopped during the creation',
      });
    }
    if (status === 'UPDATE_IN_PROGRESS') {
      store.setResourceStatus(stackId, logicalId, 'UPDATE_FAILED', {
        statusReason: 'The sandbox was stopped during the update',
        before: resource.before ?? versionOf(resource),
      });
    }
  }
}
