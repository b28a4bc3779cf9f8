import type { ContainerRequest, ContainerRunner } from '../../containers';
import type { Behaviour } from '../../defaultEstate';
import type { Estate } from '../../estate/Estate';
import type { Target, TargetGroup } from '../../estate/resources';
import type { FunctionRunner } from '../../lambda';
import { behave } from './behave';
import { mayInvoke } from './mayInvoke';
import { functionAnswer } from './functionAnswer';
import { loadBalancerAnswer } from './loadBalancerAnswer';
import { taskAnswer } from './taskAnswer';
import { failedAnswer, type TargetAnswer } from './TargetAnswer';

/**
 * Sends a request to a target and gives what came of it.
 *
 * @remarks
 * A target with a described behaviour answers by it; any other function runs its inline code, tasks of
 * Amazon ECS services answer for their containers, and load balancers send on to such tasks. Nothing runs
 * behind other targets, so that they can't be connected to.
 */
export async function askTarget(options: {
  estate: Estate;
  functions: FunctionRunner;
  containers: ContainerRunner;
  behaviours: Map<string, Behaviour>;
  targetGroup?: TargetGroup;
  target?: Target;
  method: string;
  path: string;
  /** The event for a function. */
  event(targetGroup: TargetGroup): Record<string, unknown>;
  /** The request for all other targets. */
  request(targetGroup: TargetGroup): ContainerRequest;
  requestId: string;
  random: () => number;
}): Promise<TargetAnswer> {
  const { estate, targetGroup, target, requestId } = options;
  if (!targetGroup || !target) {
    return unconnected();
  }
  const lambdaFunction =
    targetGroup.type === 'LAMBDA' ? functionOf(estate, target.id) : undefined;
  if (targetGroup.type === 'LAMBDA') {
    if (!lambdaFunction || !mayInvoke(lambdaFunction, targetGroup)) {
      return unconnected();
    }
  }
  const behaviour = options.behaviours.get(target.id);
  if (behaviour) {
    return behave({
      behaviour,
      method: options.method,
      path: options.path,
      targetIpPort: lambdaFunction ? undefined : addressOf(targetGroup, target),
      random: options.random,
    });
  }
  if (!lambdaFunction) {
    return askAddress({ ...options, targetGroup, target });
  }
  const start = performance.now();
  const result = await options.functions.invoke({
    function: lambdaFunction,
    event: options.event(targetGroup),
    requestId,
  });
  return functionAnswer({ result, latency: performance.now() - start });
}

/** Asks a target that has an address: a task, or a load balancer. */
async function askAddress(options: {
  estate: Estate;
  containers: ContainerRunner;
  targetGroup: TargetGroup;
  target: Target;
  request(targetGroup: TargetGroup): ContainerRequest;
  random: () => number;
}): Promise<TargetAnswer> {
  const { estate, containers, targetGroup, target, random } = options;
  const port = target.port ?? Number(targetGroup.config?.port);
  const request = options.request(targetGroup);
  if (targetGroup.type === 'ALB') {
    const loadBalancer = estate.loadBalancers.get(target.id);
    return loadBalancer
      ? loadBalancerAnswer({
          estate,
          containers,
          loadBalancer,
          port,
          request,
          random,
        })
      : unconnected();
  }
  const vpcId = targetGroup.config?.vpcIdentifier as string | undefined;
  const task =
    targetGroup.type === 'IP'
      ? containers.findTask(vpcId, target.id)
      : undefined;
  return task
    ? taskAnswer({ containers, task, port, request })
    : unconnected(addressOf(targetGroup, target));
}

/** There is nothing to connect to: a 500 of VPC Lattice itself. */
function unconnected(targetIpPort?: string): TargetAnswer {
  return failedAnswer({
    statusCode: 500,
    failureReason: 'TargetConnectionError',
    targetIpPort,
  });
}

/** Function of a target id: its ARN, with or without a version or alias. */
function functionOf(estate: Estate, id: string) {
  return (
    estate.functions.get(id) ??
    estate.functions.get(id.split(':').slice(0, 7).join(':'))
  );
}

function addressOf(
  targetGroup: TargetGroup,
  target: Target,
): string | undefined {
  const port = target.port ?? targetGroup.config?.port;
  return targetGroup.type === 'IP' && port ? `${target.id}:${port}` : undefined;
}
