import { Template } from '../template/Template';
import { evaluate } from '../template/evaluate';
import { ResourceOrder } from '../template/orderResources';
import { ResourceWorker } from './ResourceWorker';
import { StackStore } from './StackStore';
import { statusReason } from './errors';
import { StackScope } from './stackScope';
import { StoppedError } from './waiting';

const CANCELLED = 'Resource creation cancelled';

/**
 * Makes a stack's resources, those that don't depend on each other at the same time. The first
 * failure cancels what has not begun.
 *
 * @returns the logical ids of the resources that failed, those cancelled not among them.
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function createResources(options: {
  stackId: string;
  template: Template;
  order: ResourceOrder;
  scope: StackScope;
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
}): Promise<string[]> {
  const { stackId, template, order, scope, store, worker, stopped } = options;
  const cancelled = new AbortController();
  const halted = AbortSignal.any([cancelled.signal, stopped]);
  const failed: string[] = [];
  let position = 0;

  function fail(logicalId: string, error: unknown): void {
    failed.push(logicalId);
    const reason = statusReason(error);
    const { failures } = store.get(stackId);
    const { Type: type } = template.Resources[logicalId];
    store.update(stackId, {
      failures: [...failures, { logicalId, type, reason }],
    });
    store.setResourceStatus(stackId, logicalId, 'CREATE_FAILED', {
      statusReason: reason,
    });
    cancelled.abort();
  }

  async function make(logicalId: string): Promise<boolean> {
    const {
      Type: type,
      Properties,
      DeletionPolicy,
    } = template.Resources[logicalId];
    store.setResourceStatus(stackId, logicalId, 'CREATE_IN_PROGRESS', {
      logicalId,
      type,
      properties: {},
      attributes: {},
      retained: DeletionPolicy === 'Retain',
      position: position++,
    });
    if (!(await worker.delay(halted))) {
      if (!stopped.aborted) {
        store.setResourceStatus(stackId, logicalId, 'CREATE_FAILED', {
          statusReason: CANCELLED,
        });
      }
      return false;
    }
    try {
      const properties = worker.check(
        type,
        evaluate(Properties ?? {}, scope) as Record<string, unknown>,
      );
      store.updateResource(stackId, logicalId, { properties });
      const stack = store.get(stackId);
      const created = await worker.create({
        stack,
        resource: stack.resources[logicalId],
        exists: physicalId =>
          store.setResourceStatus(stackId, logicalId, 'CREATE_IN_PROGRESS', {
            physicalId,
            statusReason: 'Resource creation Initiated',
          }),
      });
      store.setResourceStatus(stackId, logicalId, 'CREATE_COMPLETE', created);
      return true;
    } catch (error) {
      if (!(error instanceof StoppedError)) {
        fail(logicalId, error);
      }
      return false;
    }
  }

  const underWay = new Map<string, Promise<boolean>>();
  for (const { logicalId, dependsOn } of order) {
    const dependencies = dependsOn.map(name => underWay.get(name)!);
    underWay.set(
      logicalId,
      Promise.all(dependencies).then(made =>
        made.every(Boolean) && !halted.aborted ? make(logicalId) : false,
      ),
    );
  }
  await Promise.all(underWay.values());
  if (stopped.aborted) {
    throw new StoppedError();
  }
  return failed;
}
