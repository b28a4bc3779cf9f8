import type { Estate } from '../../../estate/Estate';
import { ResourceProvider, ResourceRequest } from '../ResourceProvider';
import { ecsTags, lowerEcsKeys } from './lowerEcsKeys';
import { retag } from './retag';

function settingsOf({
  Tags: _a,
  ServiceName: _b,
  ForceNewDeployment: _c,
  ...rest
}: Record<string, any>) {
  return lowerEcsKeys(rest);
}

/**
 * Waits until the deployment is over and all targets take requests.
 *
 * @throws Error when the deployment failed, with what the service's last event says.
 */
async function steady(
  { call, estate, until }: ResourceRequest,
  cluster: string | undefined,
  service: string,
): Promise<void> {
  await until(async () => {
    const { services } = await call('ecs', 'DescribeServices', {
      cluster,
      services: [service],
    });
    const [{ deployments, events, serviceArn }] = services;
    const [deployment] = deployments;
    if (deployment.rolloutState === 'FAILED') {
      throw new Error(
        `Error occurred during operation 'ECS Deployment Circuit Breaker was triggered': ${
          events[0]?.message ?? deployment.rolloutStateReason
        }`,
      );
    }
    return areHealthy(estate, serviceArn) ? true : undefined;
  });
}

/** Tasks count as started once their target groups, of load balancers and VPC Lattice, say so. */
function areHealthy(estate: Estate, serviceArn: string): boolean {
  const { tasks, loadBalancers, vpcLatticeConfigurations } =
    estate.ecsServices.get(serviceArn)!;
  return tasks.every(
    ({ address }) =>
      loadBalancers.every(({ targetGroupArn }) =>
        estate.loadBalancerTargetGroups
          .get(targetGroupArn)
          ?.targets.some(
            ({ id, state }) => id === address && state === 'healthy',
          ),
      ) &&
      vpcLatticeConfigurations.every(({ targetGroupArn }) =>
        estate.targetGroups
          .get(targetGroupArn)
          ?.targets.some(
            ({ id, status }) =>
              id === address && !['INITIAL', 'UNHEALTHY'].includes(status),
          ),
      ),
  );
}

export const ecsService: ResourceProvider = {
  type: 'AWS::ECS::Service',
  async create(request) {
    const { properties, tags, call, generateName, exists } = request;
    const serviceName =
      properties.ServiceName ?? generateName({ maximumLength: 255 });
    const { service: made } = await call('ecs', 'CreateService', {
      ...settingsOf(properties),
      serviceName,
      tags: ecsTags(tags),
    });
    const arn = made.serviceArn;
    exists(arn);
    await steady(request, properties.Cluster, arn);
    return {
      physicalId: arn,
      attributes: { ServiceArn: arn, Name: serviceName },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    const { desiredCount, ...settings } = settingsOf(properties);
    await call('ecs', 'UpdateService', {
      ...settings,
      service: physicalId,
      ...(desiredCount !== undefined && { desiredCount }),
      forceNewDeployment:
        properties.ForceNewDeployment?.EnableForceNewDeployment,
    });
    await retag(request, physicalId);
    await steady(request, properties.Cluster, physicalId);
    return {};
  },
  async delete({ physicalId, properties, call }) {
    await call('ecs', 'DeleteService', {
      cluster: properties.Cluster,
      service: physicalId,
      force: true,
    });
  },
};
