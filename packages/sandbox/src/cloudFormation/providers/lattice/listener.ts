import { ResourceProvider } from '../ResourceProvider';
import { lowerKeys } from './lowerKeys';
import { retag } from './retag';

/** `arn:…:service/svc-…/listener/listener-…` holds both identifiers. */
function identifiers(arn: string) {
  const [, serviceIdentifier, , listenerIdentifier] = arn
    .split(':')[5]
    .split('/');
  return { serviceIdentifier, listenerIdentifier };
}

export const listener: ResourceProvider = {
  type: 'AWS::VpcLattice::Listener',
  async create({ properties, tags, call, generateName, exists }) {
    const made = await call('vpc-lattice', 'CreateListener', {
      serviceIdentifier: properties.ServiceIdentifier,
      name:
        properties.Name ?? generateName({ maximumLength: 63, lowerCase: true }),
      protocol: properties.Protocol,
      port: properties.Port,
      defaultAction: lowerKeys(properties.DefaultAction),
      tags,
    });
    exists(made.arn);
    return {
      physicalId: made.arn,
      attributes: {
        Arn: made.arn,
        Id: made.id,
        ServiceArn: made.serviceArn,
        ServiceId: made.serviceId,
      },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateListener', {
      ...identifiers(physicalId),
      defaultAction: lowerKeys(properties.DefaultAction),
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteListener', identifiers(physicalId));
  },
};
