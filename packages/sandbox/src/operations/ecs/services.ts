import type { EcsCluster, EcsService } from '../../estate/containerResources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { checkService } from './checkService';
import {
  ecsArn,
  ecsPage,
  findCluster,
  findService,
  findTaskDefinition,
  nameOf,
  tagsFrom,
} from './common';
import { describeService, describeTask } from './describeService';
import { rollOut, stopTasks } from './rollOut';

export const serviceOperations: ServiceOperations = {
  async CreateService(input, context) {
    const { estate, accountId, region } = context;
    const { cluster: _, serviceName: name, taskDefinition, tags } = input;
    const { desiredCount, ...settings } = settingsOf(input);
    const cluster = findCluster(context, input.cluster);
    const arn = ecsArn(context, `service/${cluster.name}/${name}`);
    if (!/^[\w-]{1,255}$/.test(name)) {
      throw new AwsError({
        code: 'InvalidParameterException',
        message: 'Invalid service name.',
      });
    }
    if (estate.ecsServices.has(arn)) {
      throw new AwsError({
        code: 'InvalidParameterException',
        message: 'Creation of service was not idempotent.',
      });
    }
    const service: EcsService = {
      accountId,
      region,
      arn,
      name,
      clusterArn: cluster.arn,
      taskDefinitionArn: findTaskDefinition(context, taskDefinition).arn,
      // As in AWS, a new service runs one task unless it says otherwise.
      desiredCount: desiredCount ?? 1,
      ...networkOf(input),
      loadBalancers: input.loadBalancers ?? [],
      vpcLatticeConfigurations: input.vpcLatticeConfigurations ?? [],
      tasks: [],
      rolloutState: 'COMPLETED',
      rolloutStateReason: '',
      events: [],
      settings,
      tags: tagsFrom(tags),
      createdAt: new Date(context.now()).toISOString(),
    };
    checkService(context, service);
    estate.ecsServices.put(arn, service);
    return { service: describeService(await rollOut(context, service)) };
  },

  async UpdateService(input, context) {
    const service = requireService(context, input.cluster, input.service);
    const { desiredCount, ...settings } = settingsOf(input);
    const updated: EcsService = {
      ...service,
      ...(input.taskDefinition && {
        taskDefinitionArn: findTaskDefinition(context, input.taskDefinition)
          .arn,
      }),
      desiredCount: desiredCount ?? service.desiredCount,
      ...(input.networkConfiguration && networkOf(input)),
      loadBalancers: input.loadBalancers ?? service.loadBalancers,
      vpcLatticeConfigurations:
        input.vpcLatticeConfigurations ?? service.vpcLatticeConfigurations,
      settings: { ...service.settings, ...settings },
    };
    checkService(context, updated);
    return {
      service: describeService(
        await rollOut(context, updated, {
          isForced: input.forceNewDeployment === true,
          previous: service,
        }),
      ),
    };
  },

  async DeleteService(input, context) {
    const service = requireService(context, input.cluster, input.service);
    if (service.desiredCount > 0 && !input.force) {
      throw new AwsError({
        code: 'InvalidParameterException',
        message: 'The service cannot be stopped while it is scaled above 0.',
      });
    }
    await stopTasks(context, service, service.tasks);
    context.estate.ecsServices.delete(service.arn);
    return {
      service: {
        ...describeService({ ...service, tasks: [], desiredCount: 0 }),
        status: 'INACTIVE',
      },
    };
  },

  DescribeServices(input, context) {
    const cluster = findCluster(context, input.cluster);
    const services = input.services.map((identifier: string) =>
      findService(context, cluster, identifier),
    );
    return {
      services: services.filter(Boolean).map(describeService),
      failures: input.services
        .filter((_: string, index: number) => !services[index])
        .map((identifier: string) => ({
          arn: ecsArn(context, `service/${cluster.name}/${nameOf(identifier)}`),
          reason: 'MISSING',
        })),
    };
  },

  ListServices(input, context) {
    const cluster = findCluster(context, input.cluster);
    const { items, nextToken } = ecsPage(
      input,
      servicesOf(context, cluster).map(({ arn }) => arn),
    );
    return { serviceArns: items, nextToken };
  },

  ListTasks(input, context) {
    const cluster = findCluster(context, input.cluster);
    const { items, nextToken } = ecsPage(
      input,
      servicesOf(context, cluster)
        .filter(
          ({ name }) =>
            !input.serviceName || name === nameOf(input.serviceName),
        )
        .flatMap(({ tasks }) => tasks.map(({ arn }) => arn)),
    );
    return { taskArns: items, nextToken };
  },

  DescribeTasks(input, context) {
    const cluster = findCluster(context, input.cluster);
    const tasks = new Map(
      servicesOf(context, cluster).flatMap(service =>
        service.tasks.map(task => [
          nameOf(task.arn),
          describeTask(service, task),
        ]),
      ),
    );
    const wanted: string[] = input.tasks.map(nameOf);
    return {
      tasks: wanted.map(id => tasks.get(id)).filter(Boolean),
      failures: wanted
        .filter(id => !tasks.has(id))
        .map(id => ({
          arn: ecsArn(context, `task/${cluster.name}/${id}`),
          reason: 'MISSING',
        })),
    };
  },

  TagResource({ resourceArn, tags }, context) {
    changeTags(context, resourceArn, current => ({
      ...current,
      ...tagsFrom(tags),
    }));
  },

  UntagResource({ resourceArn, tagKeys }, context) {
    changeTags(context, resourceArn, current =>
      Object.fromEntries(
        Object.entries(current).filter(([key]) => !tagKeys.includes(key)),
      ),
    );
  },
};

function settingsOf(input: Record<string, any>): Record<string, any> {
  const {
    clientToken: _a,
    cluster: _b,
    forceNewDeployment: _c,
    loadBalancers: _d,
    service: _e,
    serviceName: _f,
    tags: _g,
    taskDefinition: _h,
    vpcLatticeConfigurations: _i,
    ...settings
  } = input;
  return settings;
}

function networkOf(input: Record<string, any>): { subnetIds: string[] } {
  const { subnets = [] } =
    input.networkConfiguration?.awsvpcConfiguration ?? {};
  return { subnetIds: subnets };
}

function servicesOf({ estate }: OperationContext, { arn }: EcsCluster) {
  return estate.ecsServices.filter(({ clusterArn }) => clusterArn === arn);
}

function requireService(
  context: OperationContext,
  cluster: string | undefined,
  identifier: string,
): EcsService {
  const found = findService(context, findCluster(context, cluster), identifier);
  if (!found) {
    throw new AwsError({
      code: 'ServiceNotFoundException',
      message: 'Service not found.',
    });
  }
  return found;
}

function changeTags(
  { estate }: OperationContext,
  resourceArn: string,
  change: (tags: Record<string, string>) => Record<string, string>,
): void {
  const collections = [
    estate.ecsClusters,
    estate.ecsServices,
    estate.taskDefinitions,
  ];
  for (const collection of collections) {
    const resource = collection.get(resourceArn);
    if (resource) {
      collection.put(resourceArn, {
        ...resource,
        tags: change(resource.tags),
      } as never);
      return;
    }
  }
  throw new AwsError({
    code: 'InvalidParameterException',
    message:
      'The specified resource is not found. Specify a valid resource and try again.',
  });
}
