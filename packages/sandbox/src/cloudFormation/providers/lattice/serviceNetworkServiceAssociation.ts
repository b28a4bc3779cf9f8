import { ResourceProvider } from '../ResourceProvider';
import { dnsEntry, timestamps } from './attributes';
import { gone } from './gone';
import { retag } from './retag';
import { settled } from './settled';

const get = 'GetServiceNetworkServiceAssociation';

export const serviceNetworkServiceAssociation: ResourceProvider = {
  type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation',
  properties: ['ServiceIdentifier', 'ServiceNetworkIdentifier', 'Tags'],
  async create({ properties, tags, call, exists, until }) {
    const { arn } = await call(
      'vpc-lattice',
      'CreateServiceNetworkServiceAssociation',
      {
        serviceIdentifier: properties.ServiceIdentifier,
        serviceNetworkIdentifier: properties.ServiceNetworkIdentifier,
        tags,
      },
    );
    exists(arn);
    const made = await until(async () =>
      settled(
        await call('vpc-lattice', get, {
          serviceNetworkServiceAssociationIdentifier: arn,
        }),
      ),
    );
    return {
      physicalId: arn,
      attributes: {
        Arn: arn,
        Id: made.id,
        Status: made.status,
        ServiceArn: made.serviceArn,
        ServiceId: made.serviceId,
        ServiceName: made.serviceName,
        ServiceNetworkArn: made.serviceNetworkArn,
        ServiceNetworkId: made.serviceNetworkId,
        ServiceNetworkName: made.serviceNetworkName,
        ...timestamps(made),
        ...dnsEntry(made),
      },
    };
  },
  async update(request) {
    await retag(request, request.physicalId);
    return {};
  },
  async delete({ physicalId, call, until }) {
    const input = { serviceNetworkServiceAssociationIdentifier: physicalId };
    await call('vpc-lattice', 'DeleteServiceNetworkServiceAssociation', input);
    await until(() => gone(call('vpc-lattice', get, input)));
  },
};
