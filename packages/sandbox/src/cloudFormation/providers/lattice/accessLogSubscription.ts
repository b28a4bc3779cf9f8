import { ResourceProvider } from '../ResourceProvider';

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
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteAccessLogSubscription', {
      accessLogSubscriptionIdentifier: physicalId,
    });
  },
};
