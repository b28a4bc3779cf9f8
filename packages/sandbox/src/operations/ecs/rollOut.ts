import { randomUUID } from 'node:crypto';
import type {
  EcsService,
  EcsTask,
  TaskDefinition,
} from '../../estate/containerResources';
import type { OperationContext } from '../OperationHandler';
import { ecsArn, nameOf } from './common';
import { freeAddress } from './freeAddress';

const CIRCUIT_BREAKER =
  'ECS deployment circuit breaker: tasks failed to start.';

/**
 * Brings the tasks of a service to what it asks for: their number, their task definition and where
 * they are registered. New tasks are registered before old ones go.
 *
 * @remarks
 * Amazon ECS registers targets of VPC Lattice as the role that the service gives it. Where that fails
 * the deployment has failed: the service's events say why.
 *
 * @returns the service as it is then.
 */
export async function rollOut(
  context: OperationContext,
  service: EcsService,
  options: { isForced?: boolean; previous?: EcsService } = {},
): Promise<EcsService> {
  const { previous } = options;
  const isSame =
    !options.isForced &&
    previous?.taskDefinitionArn === service.taskDefinitionArn &&
    JSON.stringify([
      previous.subnetIds,
      previous.loadBalancers,
      previous.vpcLatticeConfigurations,
    ]) ===
      JSON.stringify([
        service.subnetIds,
        service.loadBalancers,
        service.vpcLatticeConfigurations,
      ]);
  const kept = isSame ? service.tasks.slice(0, service.desiredCount) : [];
  const stopped = service.tasks.filter(task => !kept.includes(task));
  const started: EcsTask[] = [];
  // Put before there are tasks, so that addresses in use are known.
  let current = context.estate.ecsServices.put(service.arn, service);
  while (kept.length + started.length < service.desiredCount) {
    const task = startTask(context, current, started);
    started.push(task);
    current = { ...current, tasks: [...current.tasks, task] };
    context.estate.ecsServices.put(current.arn, current);
  }
  try {
    for (const task of started) {
      await register(context, current, task);
    }
  } catch (error) {
    await stopTasks(context, current, started);
    return context.estate.ecsServices.put(current.arn, {
      ...current,
      tasks: service.tasks,
      rolloutState: 'FAILED',
      rolloutStateReason: CIRCUIT_BREAKER,
      events: withEvent(
        context,
        current,
        `(service ${service.name}) failed to register targets with (error ${
          (error as Error).message
        })`,
      ),
    });
  }
  await stopTasks(context, previous ?? current, stopped);
  return context.estate.ecsServices.put(current.arn, {
    ...current,
    tasks: [...kept, ...started],
    rolloutState: 'COMPLETED',
    rolloutStateReason: 'ECS deployment completed.',
    events: withEvent(
      context,
      current,
      `(service ${service.name}) has reached a steady state.`,
    ),
  });
}

function withEvent(
  context: OperationContext,
  { events }: EcsService,
  message: string,
) {
  const createdAt = new Date(context.now()).toISOString();
  return [{ id: randomUUID(), createdAt, message }, ...events].slice(0, 100);
}

function startTask(
  context: OperationContext,
  service: EcsService,
  started: EcsTask[],
): EcsTask {
  const { estate } = context;
  const { subnetIds } = service;
  const subnet = estate.subnets.get(
    subnetIds[(service.tasks.length + started.length) % subnetIds.length],
  )!;
  const id = randomUUID().replaceAll('-', '');
  return {
    arn: ecsArn(context, `task/${nameOf(service.clusterArn)}/${id}`),
    taskDefinitionArn: service.taskDefinitionArn,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    address: freeAddress(estate, subnet),
    startedAt: new Date(context.now()).toISOString(),
  };
}

function latticePort(definition: TaskDefinition, portName: string): number {
  return definition.containerDefinitions
    .flatMap(({ portMappings = [] }) => portMappings)
    .find(({ name }) => name === portName)!.containerPort;
}

/** As the role that ECS is given for VPC Lattice. */
function asInfrastructureRole(roleArn: string) {
  const [, , , , accountId, role] = roleArn.split(':');
  return {
    principalArn: `arn:aws:sts::${accountId}:assumed-role/${nameOf(
      role,
    )}/ecs-service-scheduler`,
  };
}

async function register(
  context: OperationContext,
  service: EcsService,
  task: EcsTask,
): Promise<void> {
  const { estate, accountId } = context;
  const definition = estate.taskDefinitions.get(task.taskDefinitionArn)!;
  for (const { targetGroupArn, containerPort } of service.loadBalancers) {
    await context.call(
      'elasticloadbalancing',
      'RegisterTargets',
      {
        TargetGroupArn: targetGroupArn,
        Targets: [{ Id: task.address, Port: containerPort }],
      },
      // As the service-linked role, which may do that in every account.
      { principalArn: `arn:aws:iam::${accountId}:root` },
    );
  }
  for (const configuration of service.vpcLatticeConfigurations) {
    const { targetGroupArn, portName, roleArn } = configuration;
    const { unsuccessful } = await context.call(
      'vpc-lattice',
      'RegisterTargets',
      {
        targetGroupIdentifier: targetGroupArn,
        targets: [
          { id: task.address, port: latticePort(definition, portName) },
        ],
      },
      asInfrastructureRole(roleArn),
    );
    if (unsuccessful?.length > 0) {
      throw new Error(unsuccessful[0].failureMessage);
    }
  }
}

/** Takes tasks out of the target groups of their service. */
export async function stopTasks(
  context: OperationContext,
  service: EcsService,
  tasks: EcsTask[],
): Promise<void> {
  const { estate, accountId } = context;
  for (const task of tasks) {
    const definition = estate.taskDefinitions.get(task.taskDefinitionArn)!;
    for (const { targetGroupArn, containerPort } of service.loadBalancers) {
      if (estate.loadBalancerTargetGroups.has(targetGroupArn)) {
        await context.call(
          'elasticloadbalancing',
          'DeregisterTargets',
          {
            TargetGroupArn: targetGroupArn,
            Targets: [{ Id: task.address, Port: containerPort }],
          },
          { principalArn: `arn:aws:iam::${accountId}:root` },
        );
      }
    }
    for (const configuration of service.vpcLatticeConfigurations) {
      const { targetGroupArn, portName, roleArn } = configuration;
      const port = latticePort(definition, portName);
      const isRegistered = estate.targetGroups
        .get(targetGroupArn)
        ?.targets.some(
          target => target.id === task.address && target.port === port,
        );
      if (isRegistered) {
        await context.call(
          'vpc-lattice',
          'DeregisterTargets',
          {
            targetGroupIdentifier: targetGroupArn,
            targets: [{ id: task.address, port }],
          },
          asInfrastructureRole(roleArn),
        );
      }
    }
  }
}
