import type {
  EcsService,
  TaskDefinition,
} from '../../estate/containerResources';
import { trusts } from '../lambda/trusts';
import type { OperationContext } from '../OperationHandler';
import { invalidParameter } from './common';

/** Refuses what Amazon ECS refuses of a new or changed service. @throws AwsError */
export function checkService(
  context: OperationContext,
  service: EcsService,
): void {
  const { estate } = context;
  const definition = estate.taskDefinitions.get(service.taskDefinitionArn)!;
  if (
    definition.settings.networkMode === 'awsvpc' &&
    service.subnetIds.length === 0
  ) {
    throw invalidParameter(
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    );
  }
  const missing = service.subnetIds.find(
    id => estate.subnets.get(id)?.accountId !== service.accountId,
  );
  if (missing) {
    throw invalidParameter(
      `Error retrieving subnet information for [${missing}]: The subnet ID '${missing}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    );
  }
  for (const balancer of service.loadBalancers) {
    checkLoadBalancer(context, definition, balancer);
  }
  for (const configuration of service.vpcLatticeConfigurations) {
    checkLattice(context, definition, configuration);
  }
}

function checkLoadBalancer(
  { estate }: OperationContext,
  definition: TaskDefinition,
  balancer: EcsService['loadBalancers'][number],
): void {
  const { targetGroupArn, containerName, containerPort } = balancer;
  const container = definition.containerDefinitions.find(
    ({ name }) => name === containerName,
  );
  if (!container) {
    throw invalidParameter(
      `The container ${containerName} does not exist in the task definition.`,
    );
  }
  if (
    !container.portMappings?.some(
      mapping => mapping.containerPort === containerPort,
    )
  ) {
    throw invalidParameter(
      `The container ${containerName} did not have a container port ${containerPort} defined.`,
    );
  }
  const group = estate.loadBalancerTargetGroups.get(targetGroupArn);
  if (!group) {
    throw invalidParameter(
      `The specified target group does not exist: ${targetGroupArn}`,
    );
  }
  const isUsed = [
    ...estate.loadBalancerListeners.values().map(item => item.defaultActions),
    ...estate.loadBalancerRules.values().map(item => item.actions),
  ].some(actions => JSON.stringify(actions).includes(targetGroupArn));
  if (!isUsed) {
    throw invalidParameter(
      `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
    );
  }
  if (group.targetType !== 'ip') {
    throw invalidParameter(
      `The provided target group ${targetGroupArn} has target type ${group.targetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  }
}

function checkLattice(
  { estate }: OperationContext,
  definition: TaskDefinition,
  configuration: EcsService['vpcLatticeConfigurations'][number],
): void {
  const { roleArn, portName } = configuration;
  const isNamed = definition.containerDefinitions.some(
    ({ portMappings = [] }) =>
      portMappings.some(({ name }) => name === portName),
  );
  if (!isNamed) {
    throw invalidParameter(
      `The portName ${portName} of a VPC Lattice configuration must be the name of a port mapping in the task definition.`,
    );
  }
  const role = estate.roles.get(roleArn);
  if (!role || !trusts(role.trustPolicy, 'ecs.amazonaws.com')) {
    throw invalidParameter(
      `ECS was unable to assume the role '${roleArn}' that was provided for this service. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
    );
  }
}
