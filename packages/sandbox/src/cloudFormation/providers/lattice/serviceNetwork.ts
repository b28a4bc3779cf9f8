import { ResourceProvider } from '../ResourceProvider';
import { timestamps } from './attributes';

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
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteServiceNetwork', {
      serviceNetworkIdentifier: physicalId,
    });
  },
};
