import { ResourceProvider } from '../ResourceProvider';
import { timestamps } from './attributes';
import { retag } from './retag';

export const serviceNetwork: ResourceProvider = {
  type: 'AWS::VpcLattice::ServiceNetwork',
  properties: ['AuthType', 'Name', 'Tags'],
  async create({ properties, tags, call, generateName, exists }) {
    const { arn } = await call('vpc-lattice', 'CreateServiceNetwork', {
      name:
        properties.Name ?? generateName({ maximumLength: 63, lowerCase: true }),
      authType: properties.AuthType,
      tags,
    });
    exists(arn);
    const made = await call('vpc-lattice', 'GetServiceNetwork', {
      serviceNetworkIdentifier: arn,
    });
    return {
      physicalId: arn,
      attributes: { Arn: arn, Id: made.id, ...timestamps(made) },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateServiceNetwork', {
      serviceNetworkIdentifier: physicalId,
      // CloudFormation's default, as the API's.
      authType: properties.AuthType ?? 'NONE',
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteServiceNetwork', {
      serviceNetworkIdentifier: physicalId,
    });
  },
};
