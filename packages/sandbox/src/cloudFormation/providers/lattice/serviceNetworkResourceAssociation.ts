import { ResourceProvider } from '../ResourceProvider';
import { retag } from './retag';

export const serviceNetworkResourceAssociation: ResourceProvider = {
  type: 'AWS::VpcLattice::ServiceNetworkResourceAssociation',
  async create({ properties, tags, call, exists }) {
    const made = await call(
      'vpc-lattice',
      'CreateServiceNetworkResourceAssociation',
      {
        resourceConfigurationIdentifier: properties.ResourceConfigurationId,
        serviceNetworkIdentifier: properties.ServiceNetworkId,
        privateDnsEnabled: properties.PrivateDnsEnabled,
        tags,
      },
    );
    exists(made.arn);
    return {
      physicalId: made.arn,
      attributes: { Arn: made.arn, Id: made.id },
    };
  },
  async update(request) {
    await retag(request, request.physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteServiceNetworkResourceAssociation', {
      serviceNetworkResourceAssociationIdentifier: physicalId,
    });
  },
};
