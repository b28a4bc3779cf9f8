import { ResourceProvider, ResourceRequest } from '../ResourceProvider';
import { elbTags, retag } from './retag';

const SERVICE = 'elasticloadbalancing';

function settingsOf({ properties }: ResourceRequest) {
  const { Certificates, DefaultActions, Port, Protocol, SslPolicy } =
    properties;
  return { Certificates, DefaultActions, Port, Protocol, SslPolicy };
}

export const loadBalancerListener: ResourceProvider = {
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  properties: [
    'Certificates',
    'DefaultActions',
    'LoadBalancerArn',
    'Port',
    'Protocol',
    'SslPolicy',
    'Tags',
  ],
  async create(request) {
    const { properties, tags, call, exists } = request;
    const { Listeners } = await call(SERVICE, 'CreateListener', {
      ...settingsOf(request),
      LoadBalancerArn: properties.LoadBalancerArn,
      Tags: elbTags(tags),
    });
    const [{ ListenerArn }] = Listeners;
    exists(ListenerArn);
    return { physicalId: ListenerArn, attributes: { ListenerArn } };
  },
  async update(request) {
    await request.call(SERVICE, 'ModifyListener', {
      ...settingsOf(request),
      ListenerArn: request.physicalId,
    });
    await retag(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call(SERVICE, 'DeleteListener', { ListenerArn: physicalId });
  },
};
