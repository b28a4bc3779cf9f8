import { ResourceProvider } from '../ResourceProvider';
import { elbTags, retag } from './retag';

const SERVICE = 'elasticloadbalancing';

function targetsOf(targets: any[] = []) {
  return targets.map(({ Id, Port, AvailabilityZone }) => ({
    Id,
    Port,
    AvailabilityZone,
  }));
}

export const loadBalancerTargetGroup: ResourceProvider = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  async create({ properties, tags, call, generateName, exists }) {
    const { TargetGroupAttributes, Targets, Tags: _, ...rest } = properties;
    const { TargetGroups } = await call(SERVICE, 'CreateTargetGroup', {
      ...rest,
      Name: properties.Name ?? generateName({ maximumLength: 32 }),
      Tags: elbTags(tags),
    });
    const [{ TargetGroupArn, TargetGroupName }] = TargetGroups;
    exists(TargetGroupArn);
    if (TargetGroupAttributes) {
      await call(SERVICE, 'ModifyTargetGroupAttributes', {
        TargetGroupArn,
        Attributes: TargetGroupAttributes,
      });
    }
    if (Targets?.length > 0) {
      await call(SERVICE, 'RegisterTargets', {
        TargetGroupArn,
        Targets: targetsOf(Targets),
      });
    }
    return {
      physicalId: TargetGroupArn,
      attributes: {
        TargetGroupArn,
        TargetGroupName,
        TargetGroupFullName: TargetGroupArn.split(':')[5],
        LoadBalancerArns: [],
      },
    };
  },
  async update(request) {
    const { physicalId: TargetGroupArn, properties, call } = request;
    const { TargetGroupAttributes, Targets } = properties;
    await call(SERVICE, 'ModifyTargetGroup', {
      TargetGroupArn,
      HealthCheckEnabled: properties.HealthCheckEnabled,
      HealthCheckIntervalSeconds: properties.HealthCheckIntervalSeconds,
      HealthCheckPath: properties.HealthCheckPath,
      HealthCheckPort: properties.HealthCheckPort,
      HealthCheckProtocol: properties.HealthCheckProtocol,
      HealthCheckTimeoutSeconds: properties.HealthCheckTimeoutSeconds,
      HealthyThresholdCount: properties.HealthyThresholdCount,
      UnhealthyThresholdCount: properties.UnhealthyThresholdCount,
      Matcher: properties.Matcher,
    });
    if (TargetGroupAttributes) {
      await call(SERVICE, 'ModifyTargetGroupAttributes', {
        TargetGroupArn,
        Attributes: TargetGroupAttributes,
      });
    }
    if (Targets?.length > 0) {
      await call(SERVICE, 'RegisterTargets', {
        TargetGroupArn,
        Targets: targetsOf(Targets),
      });
    }
    await retag(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call(SERVICE, 'DeleteTargetGroup', { TargetGroupArn: physicalId });
  },
};
