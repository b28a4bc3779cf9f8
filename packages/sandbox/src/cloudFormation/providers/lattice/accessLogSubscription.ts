import { ResourceProvider } from '../ResourceProvider';
import { retag } from './retag';

export const accessLogSubscription: ResourceProvider = {
  type: 'AWS::VpcLattice::AccessLogSubscription',
  async create({ properties, tags, call, exists }) {
    const made = await call('vpc-lattice', 'CreateAccessLogSubscription', {
      resourceIdentifier: properties.ResourceIdentifier,
      destinationArn: properties.DestinationArn,
      serviceNetworkLogType: properties.ServiceNetworkLogType,
      tags,
    });
    exists(made.arn);
    return {
      physicalId: made.arn,
      attributes: {
        Arn: made.arn,
        Id: made.id,
        ResourceArn: made.resourceArn,
        ResourceId: made.resourceId,
      },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateAccessLogSubscription', {
      accessLogSubscriptionIdentifier: physicalId,
      destinationArn: properties.DestinationArn,
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteAccessLogSubscription', {
      accessLogSubscriptionIdentifier: physicalId,
    });
  },
};
