import { ResourceProvider } from '../ResourceProvider';
import { elbTags, retag } from './retag';

const SERVICE = 'elasticloadbalancing';

export const loadBalancer: ResourceProvider = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  properties: [
    'IpAddressType',
    'LoadBalancerAttributes',
    'Name',
    'Scheme',
    'SecurityGroups',
    'SubnetMappings',
    'Subnets',
    'Tags',
    'Type',
  ],
  async create({ properties, tags, call, generateName, exists }) {
    const { LoadBalancerAttributes, Tags: _, ...rest } = properties;
    const { LoadBalancers } = await call(SERVICE, 'CreateLoadBalancer', {
      ...rest,
      Name: properties.Name ?? generateName({ maximumLength: 32 }),
      Tags: elbTags(tags),
    });
    const [made] = LoadBalancers;
    exists(made.LoadBalancerArn);
    if (LoadBalancerAttributes) {
      await call(SERVICE, 'ModifyLoadBalancerAttributes', {
        LoadBalancerArn: made.LoadBalancerArn,
        Attributes: LoadBalancerAttributes,
      });
    }
    return {
      physicalId: made.LoadBalancerArn,
      attributes: {
        LoadBalancerArn: made.LoadBalancerArn,
        LoadBalancerName: made.LoadBalancerName,
        LoadBalancerFullName: made.LoadBalancerArn.split(':loadbalancer/')[1],
        DNSName: made.DNSName,
        CanonicalHostedZoneID: made.CanonicalHostedZoneId,
        SecurityGroups: made.SecurityGroups,
      },
    };
  },
  async update(request) {
    const { physicalId: LoadBalancerArn, properties, call } = request;
    const { LoadBalancerAttributes, SecurityGroups, Subnets } = properties;
    if (SecurityGroups) {
      await call(SERVICE, 'SetSecurityGroups', {
        LoadBalancerArn,
        SecurityGroups,
      });
    }
    if (Subnets) {
      await call(SERVICE, 'SetSubnets', { LoadBalancerArn, Subnets });
    }
    if (LoadBalancerAttributes) {
      await call(SERVICE, 'ModifyLoadBalancerAttributes', {
        LoadBalancerArn,
        Attributes: LoadBalancerAttributes,
      });
    }
    await retag(request);
    return SecurityGroups ? { attributes: { SecurityGroups } } : {};
  },
  async delete({ physicalId, call }) {
    await call(SERVICE, 'DeleteLoadBalancer', { LoadBalancerArn: physicalId });
  },
};
