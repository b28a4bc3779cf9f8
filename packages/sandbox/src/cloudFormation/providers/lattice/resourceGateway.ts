import { ResourceProvider } from '../ResourceProvider';
import { retag } from './retag';

export const resourceGateway: ResourceProvider = {
  type: 'AWS::VpcLattice::ResourceGateway',
  async create({ properties, tags, call, exists }) {
    const made = await call('vpc-lattice', 'CreateResourceGateway', {
      name: properties.Name,
      vpcIdentifier: properties.VpcIdentifier,
      subnetIds: properties.SubnetIds,
      securityGroupIds: properties.SecurityGroupIds,
      ipAddressType: properties.IpAddressType,
      ipv4AddressesPerEni: properties.Ipv4AddressesPerEni,
      resourceConfigDnsResolution: properties.ResourceConfigDnsResolution,
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
    await call('vpc-lattice', 'UpdateResourceGateway', {
      resourceGatewayIdentifier: physicalId,
      securityGroupIds: properties.SecurityGroupIds ?? [],
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteResourceGateway', {
      resourceGatewayIdentifier: physicalId,
    });
  },
};
