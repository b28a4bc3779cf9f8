import { EngineContext } from './EngineContext';
import { removeEverything } from './deletion';
import { executeTemplate } from './executeTemplate';
import { failedToDelete, removeAll } from './removeAll';

/** Makes the resources of a new stack; what follows a failure is the stack's choice. */
export async function carryOutCreation(
  context: EngineContext,
  stackId: string,
): Promise<void> {
  const { store } = context;
  const execution = await executeTemplate(
    context,
    stackId,
    new AbortController(),
  );
  if (!execution.succeeded) {
    await failCreation(context, stackId, execution.reason);
    return;
  }
  const { outputs, imports } = execution;
  store.setStatus(stackId, 'CREATE_COMPLETE', undefined, { outputs, imports });
}

/** Does what the stack wants done when its creation fails. */
export async function failCreation(
  context: EngineContext,
  stackId: string,
  reason: string,
): Promise<void> {
  const { store } = context;
  const { onFailure, failureReason = reason } = store.get(stackId);
  store.update(stackId, { failureReason });
  if (onFailure === 'DO_NOTHING') {
    store.setStatus(stackId, 'CREATE_FAILED', reason);
    return;
  }
  if (onFailure === 'DELETE') {
    store.setStatus(stackId, 'DELETE_IN_PROGRESS', reason);
    await removeEverything(context, stackId, { isCreation: true });
    return;
  }
  store.setStatus(
    stackId,
    'ROLLBACK_IN_PROGRESS',
    `${reason} Rollback requested by user.`,
  );
  await rollBackCreation(context, stackId);
}

/** Deletes what a creation has made; the stack stays, empty. */
export async function rollBackCreation(
  context: EngineContext,
  stackId: string,
): Promise<void> {
  const failed = await removeAll({ ...context, stackId, isCreation: true });
  context.store.setStatus(
    stackId,
    failed.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE',
    failedToDelete(failed),
    { imports: [] },
  );
}
