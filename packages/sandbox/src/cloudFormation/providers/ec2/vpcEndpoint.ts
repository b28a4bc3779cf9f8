import { ResourceProvider } from '../ResourceProvider';
import { retag, tagSpecifications } from './retag';

/** What is in the one list and not in the other; `undefined` for nothing. */
function without(left: string[] = [], right: string[] = []) {
  const rest = left.filter(item => !right.includes(item));
  return rest.length > 0 ? rest : undefined;
}

function policyText(document: unknown): string | undefined {
  return typeof document === 'object' ? JSON.stringify(document) : undefined;
}

export const vpcEndpoint: ResourceProvider = {
  type: 'AWS::EC2::VPCEndpoint',
  async create({ properties, tags, call, exists }) {
    const { VpcEndpoint } = await call('ec2', 'CreateVpcEndpoint', {
      ...properties,
      Tags: undefined,
      PolicyDocument: policyText(properties.PolicyDocument),
      TagSpecifications: tagSpecifications('vpc-endpoint', tags),
    });
    const { VpcEndpointId } = VpcEndpoint;
    exists(VpcEndpointId);
    return {
      physicalId: VpcEndpointId,
      attributes: {
        Id: VpcEndpointId,
        CreationTimestamp: VpcEndpoint.CreationTimestamp,
      },
    };
  },
  async update(request) {
    const { physicalId: VpcEndpointId, properties, call } = request;
    const before = request.previousProperties;
    await call('ec2', 'ModifyVpcEndpoint', {
      VpcEndpointId,
      AddSubnetIds: without(properties.SubnetIds, before.SubnetIds),
      RemoveSubnetIds: without(before.SubnetIds, properties.SubnetIds),
      AddSecurityGroupIds: without(
        properties.SecurityGroupIds,
        before.SecurityGroupIds,
      ),
      RemoveSecurityGroupIds: without(
        before.SecurityGroupIds,
        properties.SecurityGroupIds,
      ),
      AddRouteTableIds: without(properties.RouteTableIds, before.RouteTableIds),
      RemoveRouteTableIds: without(
        before.RouteTableIds,
        properties.RouteTableIds,
      ),
      PrivateDnsEnabled: properties.PrivateDnsEnabled,
      PolicyDocument: policyText(properties.PolicyDocument),
    });
    await retag(request);
    return {};
  },
  async delete({ physicalId, call }) {
    const { Unsuccessful } = await call('ec2', 'DeleteVpcEndpoints', {
      VpcEndpointIds: [physicalId],
    });
    if (
      Unsuccessful.some(({ Error: { Code } }: any) => !/NotFound/.test(Code))
    ) {
      throw new Error(Unsuccessful[0].Error.Message);
    }
  },
};
