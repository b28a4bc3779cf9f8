import { ResourceProvider } from '../ResourceProvider';
import { lowerKeys } from './lowerKeys';
import { retag } from './retag';

/** `arn:…:service/svc-…/listener/listener-…/rule/rule-…` holds all identifiers. */
function identifiers(arn: string) {
  const [, serviceIdentifier, , listenerIdentifier, , ruleIdentifier] = arn
    .split(':')[5]
    .split('/');
  return { serviceIdentifier, listenerIdentifier, ruleIdentifier };
}

export const rule: ResourceProvider = {
  type: 'AWS::VpcLattice::Rule',
  async create({ properties, tags, call, generateName, exists }) {
    // Without its service a rule takes it from the listener's ARN.
    const listenerArn = String(properties.ListenerIdentifier);
    const serviceIdentifier =
      properties.ServiceIdentifier ??
      (listenerArn.startsWith('arn:')
        ? identifiers(listenerArn).serviceIdentifier
        : undefined);
    const made = await call('vpc-lattice', 'CreateRule', {
      serviceIdentifier,
      listenerIdentifier: properties.ListenerIdentifier,
      name:
        properties.Name ?? generateName({ maximumLength: 63, lowerCase: true }),
      priority: properties.Priority,
      match: lowerKeys(properties.Match),
      action: lowerKeys(properties.Action),
      tags,
    });
    exists(made.arn);
    return {
      physicalId: made.arn,
      attributes: { Arn: made.arn, Id: made.id },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateRule', {
      ...identifiers(physicalId),
      priority: properties.Priority,
      match: lowerKeys(properties.Match),
      action: lowerKeys(properties.Action),
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteRule', identifiers(physicalId));
  },
};
