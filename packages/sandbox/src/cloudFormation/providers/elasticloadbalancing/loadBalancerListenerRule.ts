import { ResourceProvider } from '../ResourceProvider';
import { elbTags, retag } from './retag';

const SERVICE = 'elasticloadbalancing';

export const loadBalancerListenerRule: ResourceProvider = {
  type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  properties: ['Actions', 'Conditions', 'ListenerArn', 'Priority', 'Tags'],
  async create({ properties, tags, call, exists }) {
    const { Actions, Conditions, ListenerArn, Priority } = properties;
    const { Rules } = await call(SERVICE, 'CreateRule', {
      Actions,
      Conditions,
      ListenerArn,
      Priority,
      Tags: elbTags(tags),
    });
    const [{ RuleArn, IsDefault }] = Rules;
    exists(RuleArn);
    return { physicalId: RuleArn, attributes: { RuleArn, IsDefault } };
  },
  async update(request) {
    const { physicalId: RuleArn, properties, call } = request;
    const { Actions, Conditions, Priority } = properties;
    await call(SERVICE, 'ModifyRule', { RuleArn, Actions, Conditions });
    await call(SERVICE, 'SetRulePriorities', {
      RulePriorities: [{ RuleArn, Priority }],
    });
    await retag(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call(SERVICE, 'DeleteRule', { RuleArn: physicalId });
  },
};
