import { Template } from '../template/Template';
import { ResourceOrder } from '../template/orderResources';
import { ResourceWorker } from './ResourceWorker';
import { StackStore } from './StackStore';
import { applyResource } from './applyResource';
import { StackScope } from './stackScope';
import { StoppedError } from './waiting';

/**
 * Brings a stack's resources to what the template says: makes, changes and replaces them, those
 * that don't depend on each other at the same time. What leaves the stack stays for the clean-up.
 * The first failure cancels what has not begun.
 *
 * @returns whether all succeeded.
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function applyResources(options: {
  stackId: string;
  template: Template;
  order: ResourceOrder;
  scope: StackScope;
  store: StackStore;
  worker: ResourceWorker;
  stopped: AbortSignal;
  /** Aborts when the update is cancelled; aborted here at the first failure. */
  cancelled: AbortController;
}): Promise<boolean> {
  const { stackId, template, order, scope, store, worker, stopped, cancelled } =
    options;
  const halted = AbortSignal.any([cancelled.signal, stopped]);
  const firstPosition = nextPosition(store, stackId);

  async function apply(logicalId: string, index: number): Promise<boolean> {
    const applied = await applyResource({
      stackId,
      logicalId,
      definition: template.Resources[logicalId],
      position: firstPosition + index,
      scope,
      store,
      worker,
      stopped,
      halted,
    });
    if (!applied) {
      cancelled.abort();
    }
    return applied;
  }

  const underWay = new Map<string, Promise<boolean>>();
  order.forEach(({ logicalId, dependsOn }, index) => {
    const dependencies = dependsOn.map(name => underWay.get(name)!);
    underWay.set(
      logicalId,
      Promise.all(dependencies).then(done =>
        done.every(Boolean) && !halted.aborted
          ? apply(logicalId, index)
          : false,
      ),
    );
  });
  const outcomes = await Promise.all(underWay.values());
  if (stopped.aborted) {
    throw new StoppedError();
  }
  return outcomes.every(Boolean) && !cancelled.signal.aborted;
}

function nextPosition(store: StackStore, stackId: string): number {
  const { resources } = store.get(stackId);
  const positions = Object.values(resources).map(({ position }) => position);
  return Math.max(-1, ...positions) + 1;
}
