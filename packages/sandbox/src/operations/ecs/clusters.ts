import type { EcsCluster } from '../../estate/containerResources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import {
  clientError,
  ecsArn,
  ecsPage,
  findCluster,
  nameOf,
  tagList,
  tagsFrom,
} from './common';

export const clusterOperations: ServiceOperations = {
  CreateCluster(input, context) {
    const { clusterName: name = 'default', tags, ...settings } = input;
    const { accountId, region, estate } = context;
    if (!/^[A-Za-z][\w-]{0,254}$/.test(name)) {
      throw clientError(
        'Cluster name must start with a letter and have at most 255 letters, numbers, hyphens and underscores.',
      );
    }
    const arn = ecsArn(context, `cluster/${name}`);
    // As in AWS, making a cluster that is there already gives that one.
    const cluster = estate.ecsClusters.get(arn) ?? {
      accountId,
      region,
      arn,
      name,
      status: 'ACTIVE' as const,
      settings,
      tags: tagsFrom(tags),
    };
    estate.ecsClusters.put(arn, cluster);
    return { cluster: describe(context, cluster) };
  },

  UpdateCluster(input, context) {
    const { cluster: identifier, ...settings } = input;
    const cluster = findCluster(context, identifier);
    const updated = context.estate.ecsClusters.put(cluster.arn, {
      ...cluster,
      settings: { ...cluster.settings, ...settings },
    });
    return { cluster: describe(context, updated) };
  },

  DescribeClusters({ clusters = ['default'] }, context) {
    const found = clusters.map((identifier: string) =>
      context.estate.ecsClusters.get(
        ecsArn(context, `cluster/${nameOf(identifier)}`),
      ),
    );
    return {
      clusters: found
        .filter(Boolean)
        .map((cluster: EcsCluster) => describe(context, cluster)),
      failures: clusters
        .filter((_: string, index: number) => !found[index])
        .map((identifier: string) => ({
          arn: ecsArn(context, `cluster/${nameOf(identifier)}`),
          reason: 'MISSING',
        })),
    };
  },

  ListClusters(input, context) {
    const { accountId, region, estate } = context;
    const { items, nextToken } = ecsPage(
      input,
      estate.ecsClusters
        .filter(
          cluster =>
            cluster.accountId === accountId && cluster.region === region,
        )
        .map(({ arn }) => arn),
    );
    return { clusterArns: items, nextToken };
  },

  DeleteCluster(input, context) {
    const { estate } = context;
    const cluster = findCluster(context, input.cluster);
    if (servicesOf(context, cluster).length > 0) {
      throw new AwsError({
        code: 'ClusterContainsServicesException',
        message: 'The Cluster cannot be deleted while Services are active.',
      });
    }
    estate.ecsClusters.delete(cluster.arn);
    return { cluster: { ...describe(context, cluster), status: 'INACTIVE' } };
  },
};

function servicesOf({ estate }: OperationContext, { arn }: EcsCluster) {
  return estate.ecsServices.filter(({ clusterArn }) => clusterArn === arn);
}

function describe(context: OperationContext, cluster: EcsCluster) {
  const services = servicesOf(context, cluster);
  return {
    ...cluster.settings,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    activeServicesCount: services.length,
    runningTasksCount: services.flatMap(({ tasks }) => tasks).length,
    pendingTasksCount: 0,
    registeredContainerInstancesCount: 0,
    tags: tagList(cluster.tags),
  };
}
