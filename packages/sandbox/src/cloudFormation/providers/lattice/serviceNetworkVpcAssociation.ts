import { ResourceProvider } from '../ResourceProvider';
import { timestamps } from './attributes';
import { gone } from './gone';
import { retag } from './retag';
import { settled } from './settled';

const get = 'GetServiceNetworkVpcAssociation';

export const serviceNetworkVpcAssociation: ResourceProvider = {
  type: 'AWS::VpcLattice::ServiceNetworkVpcAssociation',
  properties: [
    'SecurityGroupIds',
    'ServiceNetworkIdentifier',
    'Tags',
    'VpcIdentifier',
  ],
  async create({ properties, tags, call, exists, until }) {
    const { arn } = await call(
      'vpc-lattice',
      'CreateServiceNetworkVpcAssociation',
      {
        serviceNetworkIdentifier: properties.ServiceNetworkIdentifier,
        vpcIdentifier: properties.VpcIdentifier,
        securityGroupIds: properties.SecurityGroupIds,
        tags,
      },
    );
    exists(arn);
    const made = await until(async () =>
      settled(
        await call('vpc-lattice', get, {
          serviceNetworkVpcAssociationIdentifier: arn,
        }),
      ),
    );
    return {
      physicalId: arn,
      attributes: {
        Arn: arn,
        Id: made.id,
        Status: made.status,
        ServiceNetworkArn: made.serviceNetworkArn,
        ServiceNetworkId: made.serviceNetworkId,
        ServiceNetworkName: made.serviceNetworkName,
        VpcId: made.vpcId,
        ...timestamps(made),
      },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateServiceNetworkVpcAssociation', {
      serviceNetworkVpcAssociationIdentifier: physicalId,
      securityGroupIds: properties.SecurityGroupIds ?? [],
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call, until }) {
    const input = { serviceNetworkVpcAssociationIdentifier: physicalId };
    await call('vpc-lattice', 'DeleteServiceNetworkVpcAssociation', input);
    await until(() => gone(call('vpc-lattice', get, input)));
  },
};
