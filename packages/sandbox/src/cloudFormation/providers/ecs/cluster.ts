import { ResourceProvider } from '../ResourceProvider';
import { ecsTags, lowerEcsKeys } from './lowerEcsKeys';
import { retag } from './retag';

function settingsOf({
  ClusterName: _a,
  ClusterSettings,
  Tags: _b,
  ...rest
}: Record<string, any>) {
  return lowerEcsKeys({ ...rest, Settings: ClusterSettings });
}

export const cluster: ResourceProvider = {
  type: 'AWS::ECS::Cluster',
  async create({ properties, tags, call, generateName, exists }) {
    const clusterName =
      properties.ClusterName ?? generateName({ maximumLength: 255 });
    const { failures } = await call('ecs', 'DescribeClusters', {
      clusters: [clusterName],
    });
    // The API gives an existing cluster of the name; CloudFormation takes none over.
    if (failures.length === 0) {
      throw Object.assign(
        new Error(
          `Resource of type 'AWS::ECS::Cluster' with identifier '${clusterName}' already exists.`,
        ),
        { code: 'AlreadyExists' },
      );
    }
    const made = await call('ecs', 'CreateCluster', {
      ...settingsOf(properties),
      clusterName,
      tags: ecsTags(tags),
    });
    exists(clusterName);
    return {
      physicalId: clusterName,
      attributes: { Arn: made.cluster.clusterArn },
    };
  },
  async update(request) {
    const { physicalId, attributes, properties, call } = request;
    const { configuration, serviceConnectDefaults, settings } =
      settingsOf(properties);
    await call('ecs', 'UpdateCluster', {
      cluster: physicalId,
      configuration,
      serviceConnectDefaults,
      settings,
    });
    await retag(request, String(attributes.Arn));
    return {};
  },
  async delete({ physicalId, call }) {
    await call('ecs', 'DeleteCluster', { cluster: physicalId });
  },
};
