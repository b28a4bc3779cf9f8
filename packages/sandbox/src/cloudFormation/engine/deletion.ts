import { EngineContext } from './EngineContext';
import { enumeration, importersOf } from './exportsOf';
import { failedToDelete, removeAll } from './removeAll';

/**
 * Deletes a stack, unless another one uses an export of it: then it goes back to its earlier status.
 *
 * @param options - `retain`: logical ids to leave alone.
 */
export async function carryOutDeletion(
  context: EngineContext,
  stackId: string,
  options: { retain?: string[]; principalArn?: string },
): Promise<void> {
  const { store } = context;
  const { retain, principalArn } = options;
  const stack = store.get(stackId);
  if (stack.status === 'DELETE_COMPLETE') {
    return;
  }
  store.setStatus(stackId, 'DELETE_IN_PROGRESS', 'User Initiated', {
    ...(principalArn && { principalArn }),
  });
  for (const { exportName } of stack.outputs) {
    const users = exportName ? importersOf(store, stack, exportName) : [];
    if (users.length > 0) {
      store.setStatus(
        stackId,
        stack.status,
        `Delete canceled. Cannot delete export ${exportName} as it is in use by ${enumeration(
          users,
        )}.`,
      );
      return;
    }
  }
  await removeEverything(context, stackId, { retain });
}

/** Deletes all resources of a stack whose deletion has begun. */
export async function removeEverything(
  context: EngineContext,
  stackId: string,
  options: { retain?: string[]; isCreation?: boolean } = {},
): Promise<void> {
  const failed = await removeAll({ ...context, ...options, stackId });
  context.store.setStatus(
    stackId,
    failed.length > 0 ? 'DELETE_FAILED' : 'DELETE_COMPLETE',
    failedToDelete(failed),
    failed.length > 0 ? {} : { outputs: [], imports: [], update: undefined },
  );
}
