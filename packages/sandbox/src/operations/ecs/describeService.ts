import type { EcsService, EcsTask } from '../../estate/containerResources';
import { tagList } from './common';

/** The service as the API gives it, with one deployment: there is no waiting for tasks. */
export function describeService(service: EcsService) {
  const { settings, createdAt, tasks, desiredCount } = service;
  const common = {
    taskDefinition: service.taskDefinitionArn,
    desiredCount,
    runningCount: tasks.length,
    pendingCount: 0,
    createdAt,
    launchType: settings.launchType,
    platformVersion: settings.platformVersion,
    networkConfiguration: settings.networkConfiguration,
  };
  return {
    ...settings,
    ...common,
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    status: 'ACTIVE',
    loadBalancers: service.loadBalancers,
    serviceRegistries: [],
    deployments: [
      {
        ...common,
        id: `ecs-svc/${service.arn.length}${Date.parse(createdAt)}`,
        status: 'PRIMARY',
        updatedAt: createdAt,
        failedTasks: 0,
        rolloutState: service.rolloutState,
        rolloutStateReason: service.rolloutStateReason,
        vpcLatticeConfigurations: service.vpcLatticeConfigurations,
      },
    ],
    events: service.events,
    tags: tagList(service.tags),
  };
}

/** A task of a service as the API gives it. */
export function describeTask(service: EcsService, task: EcsTask) {
  return {
    taskArn: task.arn,
    clusterArn: service.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: `service:${service.name}`,
    launchType: service.settings.launchType,
    desiredStatus: 'RUNNING',
    lastStatus: 'RUNNING',
    startedAt: task.startedAt,
    createdAt: task.startedAt,
    attachments: [
      {
        type: 'ElasticNetworkInterface',
        status: 'ATTACHED',
        details: [
          { name: 'subnetId', value: task.subnetId },
          { name: 'privateIPv4Address', value: task.address },
        ],
      },
    ],
  };
}
