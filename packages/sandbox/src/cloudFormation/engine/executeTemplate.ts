import { Template } from '../template/Template';
import { ResourceOrder } from '../template/orderResources';
import { EngineContext } from './EngineContext';
import { StackOutput } from './Stack';
import { applyResources } from './applyResources';
import { statusReason } from './errors';
import { evaluateOutputs } from './evaluateOutputs';
import { exportProblem, exportsOf } from './exportsOf';
import { missingValue } from './missingValue';
import { prepareStack } from './prepareStack';
import { stackScope } from './stackScope';

/** What came of bringing a stack's resources to its template. */
export type Execution =
  | {
      succeeded: true;
      template: Template;
      order: ResourceOrder;
      outputs: StackOutput[];
      imports: string[];
    }
  | { succeeded: false; reason: string };

/** Why resources failed, in the words of the stack's event. */
function failureReason(failed: Record<'create' | 'update', string[]>): string {
  return (['create', 'update'] as const)
    .filter(verb => failed[verb].length > 0)
    .map(
      verb =>
        `The following resource(s) failed to ${verb}: [${failed[verb].join(
          ', ',
        )}].`,
    )
    .join(' ');
}

/**
 * Brings the resources of a stack to what its template and parameters say now, and evaluates its
 * outputs. What is to be undone or cleaned up afterwards is in the stack's resources.
 *
 * @throws StoppedError when the sandbox stops meanwhile.
 */
export async function executeTemplate(
  { estate, store, worker, stopped }: EngineContext,
  stackId: string,
  cancelled: AbortController,
): Promise<Execution> {
  const stack = store.get(stackId);
  const { template, parameters, order } = prepareStack({ stack });
  const missing = missingValue({ estate, stack, template, parameters });
  if (missing) {
    return { succeeded: false, reason: missing };
  }
  const imports = new Set<string>();
  const scope = stackScope({
    template,
    parameters,
    stack,
    resource: logicalId => store.get(stackId).resources[logicalId],
    exported(name) {
      const exported = exportsOf(store, stack).get(name);
      if (exported) {
        imports.add(name);
        // From now on the export is in use, whatever becomes of this operation.
        store.update(stackId, {
          imports: [...new Set([...store.get(stackId).imports, name])],
        });
      }
      return exported?.value;
    },
  });
  const applied = await applyResources({
    stackId,
    template,
    order,
    scope,
    store,
    worker,
    stopped,
    cancelled,
  });
  if (!applied) {
    const { failures, resources } = store.get(stackId);
    const isUpdate = (logicalId: string) =>
      resources[logicalId].status === 'UPDATE_FAILED';
    const names = failures.map(({ logicalId }) => logicalId);
    return {
      succeeded: false,
      reason: failureReason({
        create: names.filter(name => !isUpdate(name)),
        update: names.filter(isUpdate),
      }),
    };
  }
  try {
    const outputs = evaluateOutputs({ template, scope });
    const problem = exportProblem(store, store.get(stackId), outputs);
    return problem
      ? { succeeded: false, reason: problem }
      : { succeeded: true, template, order, outputs, imports: [...imports] };
  } catch (error) {
    return { succeeded: false, reason: statusReason(error) };
  }
}
