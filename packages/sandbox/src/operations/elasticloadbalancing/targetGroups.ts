import type { LoadBalancerTargetGroup } from '../../estate/networkResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import {
  attributeList,
  attributesFrom,
  checkName,
  elbArn,
  elbError,
  elbId,
  elbPage,
  isOwn,
} from './common';
import { tagsFrom } from '../../estate/tagList';

export const targetGroupOperations: ServiceOperations = {
  CreateTargetGroup(input, context) {
    const { Name: name, Protocol = 'HTTP', Port = 80, VpcId, Tags } = input;
    const { TargetType: targetType = 'instance' } = input;
    const { accountId, region, estate } = context;
    checkName('target group', name);
    const vpc = estate.vpcs.get(VpcId ?? '');
    if (targetType !== 'lambda' && vpc?.accountId !== accountId) {
      throw elbError('ValidationError', `The VPC ID '${VpcId}' is not found`);
    }
    if (
      estate.loadBalancerTargetGroups.find(
        group => isOwn(context)(group) && group.name === name,
      )
    ) {
      throw elbError(
        'DuplicateTargetGroupNameException',
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    }
    const arn = elbArn(context, `targetgroup/${name}/${elbId()}`);
    const group = estate.loadBalancerTargetGroups.put(arn, {
      accountId,
      region,
      arn,
      name,
      protocol: Protocol,
      port: Port,
      vpcId: VpcId,
      targetType,
      healthCheck: healthCheckOf(input),
      targets: [],
      attributes: {},
      tags: tagsFrom(Tags),
    });
    return { TargetGroups: [describe(context, group)] };
  },

  DescribeTargetGroups(input, context) {
    const { TargetGroupArns, Names, LoadBalancerArn } = input;
    for (const arn of TargetGroupArns ?? []) {
      findTargetGroup(context, arn);
    }
    const { items, NextMarker } = elbPage(
      input,
      context.estate.loadBalancerTargetGroups.filter(
        group =>
          isOwn(context)(group) &&
          (!TargetGroupArns?.length || TargetGroupArns.includes(group.arn)) &&
          (!Names?.length || Names.includes(group.name)) &&
          (!LoadBalancerArn ||
            loadBalancersOf(context, group).includes(LoadBalancerArn)),
      ),
      ({ arn }) => arn,
    );
    return {
      TargetGroups: items.map(group => describe(context, group)),
      NextMarker,
    };
  },

  ModifyTargetGroup(input, context) {
    const group = findTargetGroup(context, input.TargetGroupArn);
    const updated = context.estate.loadBalancerTargetGroups.put(group.arn, {
      ...group,
      healthCheck: healthCheckOf(input, group.healthCheck),
    });
    return { TargetGroups: [describe(context, updated)] };
  },

  DescribeTargetGroupAttributes({ TargetGroupArn }, context) {
    const { attributes } = findTargetGroup(context, TargetGroupArn);
    return { Attributes: attributeList(attributes) };
  },

  ModifyTargetGroupAttributes({ TargetGroupArn, Attributes }, context) {
    const group = findTargetGroup(context, TargetGroupArn);
    const { attributes } = context.estate.loadBalancerTargetGroups.put(
      group.arn,
      {
        ...group,
        attributes: { ...group.attributes, ...attributesFrom(Attributes) },
      },
    );
    return { Attributes: attributeList(attributes) };
  },

  DeleteTargetGroup({ TargetGroupArn }, context) {
    const group = findTargetGroup(context, TargetGroupArn);
    if (loadBalancersOf(context, group).length > 0) {
      throw elbError(
        'ResourceInUseException',
        `Target group '${group.arn}' is currently in use by a listener or a rule`,
      );
    }
    context.estate.loadBalancerTargetGroups.delete(group.arn);
  },

  RegisterTargets({ TargetGroupArn, Targets }, context) {
    const group = findTargetGroup(context, TargetGroupArn);
    const targets = [...group.targets];
    const isUsed = loadBalancersOf(context, group).length > 0;
    for (const { Id: id, Port: port = group.port } of Targets) {
      if (!targets.some(target => target.id === id && target.port === port)) {
        targets.push({ id, port, state: isUsed ? 'initial' : 'unused' });
      }
    }
    context.estate.loadBalancerTargetGroups.put(group.arn, {
      ...group,
      targets,
    });
  },

  DeregisterTargets({ TargetGroupArn, Targets }, context) {
    const group = findTargetGroup(context, TargetGroupArn);
    context.estate.loadBalancerTargetGroups.put(group.arn, {
      ...group,
      targets: group.targets.filter(
        target =>
          !Targets.some(
            ({ Id, Port = group.port }: { Id: string; Port?: number }) =>
              Id === target.id && Port === target.port,
          ),
      ),
    });
  },

  DescribeTargetHealth({ TargetGroupArn, Targets }, context) {
    const group = findTargetGroup(context, TargetGroupArn);
    const reasons: Record<string, string> = {
      initial: 'Elb.RegistrationInProgress',
      unhealthy: 'Target.FailedHealthChecks',
      unused: 'Target.NotInUse',
    };
    return {
      TargetHealthDescriptions: group.targets
        .filter(
          target =>
            !Targets?.length ||
            Targets.some(({ Id }: { Id: string }) => Id === target.id),
        )
        .map(({ id, port, state }) => ({
          Target: { Id: id, Port: port },
          HealthCheckPort:
            group.healthCheck.port === 'traffic-port'
              ? String(port)
              : group.healthCheck.port,
          TargetHealth: { State: state, Reason: reasons[state] },
        })),
    };
  },
};

/** @throws AwsError TargetGroupNotFound */
export function findTargetGroup(
  context: OperationContext,
  arn: string,
): LoadBalancerTargetGroup {
  const group = context.estate.loadBalancerTargetGroups.get(arn);
  if (!group || !isOwn(context)(group)) {
    throw elbError(
      'TargetGroupNotFoundException',
      `One or more target groups not found: ${arn}`,
    );
  }
  return group;
}

function healthCheckOf(
  input: Record<string, any>,
  current?: LoadBalancerTargetGroup['healthCheck'],
): LoadBalancerTargetGroup['healthCheck'] {
  const from = <T>(name: string, before: T | undefined, otherwise: T): T =>
    input[name] ?? before ?? otherwise;
  return {
    enabled: from('HealthCheckEnabled', current?.enabled, true),
    path: from('HealthCheckPath', current?.path, '/'),
    protocol: from('HealthCheckProtocol', current?.protocol, 'HTTP'),
    port: from('HealthCheckPort', current?.port, 'traffic-port'),
    intervalSeconds: from(
      'HealthCheckIntervalSeconds',
      current?.intervalSeconds,
      30,
    ),
    timeoutSeconds: from(
      'HealthCheckTimeoutSeconds',
      current?.timeoutSeconds,
      5,
    ),
    healthyThreshold: from(
      'HealthyThresholdCount',
      current?.healthyThreshold,
      5,
    ),
    unhealthyThreshold: from(
      'UnhealthyThresholdCount',
      current?.unhealthyThreshold,
      2,
    ),
    matcher: input.Matcher?.HttpCode ?? current?.matcher ?? '200',
  };
}

/** ARNs of the load balancers whose listeners and rules forward to a target group. */
export function loadBalancersOf(
  { estate }: Pick<OperationContext, 'estate'>,
  { arn }: LoadBalancerTargetGroup,
): string[] {
  const names = (actions: unknown) => JSON.stringify(actions).includes(arn);
  const found = new Set<string>();
  for (const listener of estate.loadBalancerListeners.values()) {
    const rules = estate.loadBalancerRules.filter(
      ({ listenerArn }) => listenerArn === listener.arn,
    );
    if (
      names(listener.defaultActions) ||
      rules.some(({ actions }) => names(actions))
    ) {
      found.add(listener.loadBalancerArn);
    }
  }
  return [...found];
}

function describe(context: OperationContext, group: LoadBalancerTargetGroup) {
  const { healthCheck } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
    HealthCheckEnabled: healthCheck.enabled,
    HealthCheckPath: healthCheck.path,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: loadBalancersOf(context, group),
  };
}
