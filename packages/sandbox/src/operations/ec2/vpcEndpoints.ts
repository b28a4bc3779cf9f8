import type { VpcEndpoint } from '../../estate/networkResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { canSee } from '../sharing';
import { tagList } from '../../estate/tagList';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html */
const ENDPOINTS_PER_VPC = 50;

const TYPES = ['Gateway', 'Interface', 'Resource', 'ServiceNetwork'];

export const vpcEndpointOperations: ServiceOperations = {
  CreateVpcEndpoint(input, context) {
    const { VpcId, VpcEndpointType: type = 'Gateway' } = input;
    const { accountId, region, estate } = context;
    const vpc = estate.vpcs.get(VpcId);
    if (!vpc || !isOwn(context)(vpc)) {
      throw ec2Error(
        'InvalidVpcId.NotFound',
        `The Vpc Id ${VpcId} does not exist`,
      );
    }
    if (!TYPES.includes(type)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Invalid value '${type}' for VpcEndpointType`,
      );
    }
    checkDestination(context, type, input);
    const own = estate.vpcEndpoints.filter(({ vpcId }) => vpcId === vpc.id);
    if (own.length >= ENDPOINTS_PER_VPC) {
      throw ec2Error(
        'VpcEndpointLimitExceeded',
        'The maximum number of VPC endpoints has been reached.',
      );
    }
    if (type !== 'Gateway' && !input.SubnetIds?.length) {
      throw ec2Error(
        'MissingParameter',
        `Endpoints of type ${type} need SubnetIds`,
      );
    }
    checkPlace(context, vpc.id, input.SubnetIds, input.SecurityGroupIds);
    const tags: Record<string, string> = {};
    for (const { Tags = [] } of input.TagSpecifications ?? []) {
      for (const { Key, Value } of Tags) {
        tags[Key] = Value ?? '';
      }
    }
    const id = randomId('vpce');
    const endpoint = estate.vpcEndpoints.put(id, {
      accountId,
      region,
      id,
      type,
      vpcId: vpc.id,
      serviceName: input.ServiceName,
      serviceNetworkArn: input.ServiceNetworkArn,
      resourceConfigurationArn: input.ResourceConfigurationArn,
      subnetIds: input.SubnetIds ?? [],
      securityGroupIds: input.SecurityGroupIds ?? [],
      routeTableIds: input.RouteTableIds ?? [],
      privateDnsEnabled: input.PrivateDnsEnabled ?? false,
      policyDocument: input.PolicyDocument,
      tags,
      createdAt: new Date(context.now()).toISOString(),
    });
    return { VpcEndpoint: describe(endpoint) };
  },

  DescribeVpcEndpoints(input, context) {
    const own = context.estate.vpcEndpoints.filter(isOwn(context));
    for (const id of input.VpcEndpointIds ?? []) {
      findEndpoint(context, id);
    }
    const endpoints = applyFilters(
      input.Filters,
      own.filter(
        ({ id }) => !input.VpcEndpointIds || input.VpcEndpointIds.includes(id),
      ),
      filterValues,
    );
    const { items, NextToken } = ec2Page(input, endpoints, ({ id }) => id);
    return { VpcEndpoints: items.map(describe), NextToken };
  },

  ModifyVpcEndpoint(input, context) {
    const endpoint = findEndpoint(context, input.VpcEndpointId);
    const change = (
      current: string[],
      add: string[] = [],
      drop: string[] = [],
    ) => [...new Set([...current, ...add])].filter(id => !drop.includes(id));
    const subnetIds = change(
      endpoint.subnetIds,
      input.AddSubnetIds,
      input.RemoveSubnetIds,
    );
    const securityGroupIds = change(
      endpoint.securityGroupIds,
      input.AddSecurityGroupIds,
      input.RemoveSecurityGroupIds,
    );
    checkPlace(context, endpoint.vpcId, subnetIds, securityGroupIds);
    context.estate.vpcEndpoints.put(endpoint.id, {
      ...endpoint,
      subnetIds,
      securityGroupIds,
      routeTableIds: change(
        endpoint.routeTableIds,
        input.AddRouteTableIds,
        input.RemoveRouteTableIds,
      ),
      privateDnsEnabled: input.PrivateDnsEnabled ?? endpoint.privateDnsEnabled,
      policyDocument: input.ResetPolicy
        ? undefined
        : input.PolicyDocument ?? endpoint.policyDocument,
    });
    return { Return: true };
  },

  DeleteVpcEndpoints({ VpcEndpointIds }, context) {
    const { estate } = context;
    const unsuccessful = VpcEndpointIds.filter((id: string) => {
      const endpoint = estate.vpcEndpoints.get(id);
      return !endpoint || !isOwn(context)(endpoint);
    });
    for (const id of VpcEndpointIds) {
      if (!unsuccessful.includes(id)) {
        estate.vpcEndpoints.delete(id);
      }
    }
    return {
      Unsuccessful: unsuccessful.map((ResourceId: string) => ({
        ResourceId,
        Error: {
          Code: 'InvalidVpcEndpoint.NotFound',
          Message: `The Vpc Endpoint Id '${ResourceId}' does not exist`,
        },
      })),
    };
  },
};

/** What the endpoint leads to must be there, and be the account's or shared with it. */
function checkDestination(
  { estate, accountId }: OperationContext,
  type: string,
  input: Record<string, any>,
): void {
  const { ServiceNetworkArn, ResourceConfigurationArn, ServiceName } = input;
  const seen = (resource: { arn: string; accountId: string } | undefined) =>
    resource && canSee(estate, resource, accountId);
  if (type === 'ServiceNetwork') {
    if (!seen(estate.serviceNetworks.get(ServiceNetworkArn ?? ''))) {
      throw ec2Error(
        'InvalidServiceNetworkArn.NotFound',
        `The service network ${ServiceNetworkArn} does not exist`,
      );
    }
  } else if (type === 'Resource') {
    if (!seen(estate.resourceConfigurations.get(ResourceConfigurationArn))) {
      throw ec2Error(
        'InvalidResourceConfigurationArn.NotFound',
        `The resource configuration ${ResourceConfigurationArn} does not exist`,
      );
    }
  } else if (!ServiceName) {
    throw ec2Error(
      'MissingParameter',
      'The request must contain the parameter ServiceName',
    );
  }
}

function checkPlace(
  { estate }: OperationContext,
  vpc: string,
  subnetIds: string[] = [],
  securityGroupIds: string[] = [],
): void {
  const subnets = subnetIds.map(id => estate.subnets.get(id));
  const missing = subnets.findIndex(subnet => subnet?.vpcId !== vpc);
  if (missing >= 0) {
    throw ec2Error(
      'InvalidSubnetId.NotFound',
      `The subnet ID '${subnetIds[missing]}' does not exist in VPC ${vpc}`,
    );
  }
  const zones = subnets.map(subnet => subnet!.availabilityZone);
  if (new Set(zones).size < zones.length) {
    throw ec2Error(
      'DuplicateSubnetsInSameZone',
      'Found another VPC endpoint subnet in the availability zone',
    );
  }
  const unknown = securityGroupIds.find(
    id => estate.securityGroups.get(id)?.vpcId !== vpc,
  );
  if (unknown) {
    throw ec2Error(
      'InvalidSecurityGroupId.NotFound',
      `The security group ${unknown} does not exist in VPC ${vpc}`,
    );
  }
}

/** @throws AwsError InvalidVpcEndpointId.NotFound */
function findEndpoint(context: OperationContext, id: string): VpcEndpoint {
  const endpoint = context.estate.vpcEndpoints.get(id);
  if (!endpoint || !isOwn(context)(endpoint)) {
    throw ec2Error(
      'InvalidVpcEndpointId.NotFound',
      `The Vpc Endpoint Id '${id}' does not exist`,
    );
  }
  return endpoint;
}

function filterValues(
  endpoint: VpcEndpoint,
  name: string,
): string[] | undefined {
  const optional = (value: string | undefined) => (value ? [value] : []);
  return {
    'vpc-endpoint-id': [endpoint.id],
    'vpc-endpoint-type': [endpoint.type],
    'vpc-id': [endpoint.vpcId],
    'service-name': optional(endpoint.serviceName),
    'vpc-endpoint-state': ['available'],
    'tag-key': Object.keys(endpoint.tags),
  }[name];
}

function describe(endpoint: VpcEndpoint) {
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    ServiceNetworkArn: endpoint.serviceNetworkArn,
    ResourceConfigurationArn: endpoint.resourceConfigurationArn,
    State: 'Available',
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: endpoint.routeTableIds,
    SubnetIds: endpoint.subnetIds,
    Groups: endpoint.securityGroupIds.map(GroupId => ({ GroupId })),
    IpAddressType: 'ipv4',
    PrivateDnsEnabled: endpoint.privateDnsEnabled,
    CreationTimestamp: endpoint.createdAt,
    OwnerId: endpoint.accountId,
    Tags: tagList(endpoint.tags),
  };
}
