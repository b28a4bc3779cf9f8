import type { ResourceGateway } from '../../estate/latticeResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import {
  checkName,
  checkOneOf,
  latticeArn,
  madeNow,
  page,
  updatedNow,
} from './common';
import { conflict, invalid, notFound, quotaExceeded } from './errors';
import { find } from './find';
import { quotaOf } from '../servicequotas/quotas';

const ADDRESS_TYPES = ['IPV4', 'IPV6', 'DUALSTACK'] as const;

export const resourceGatewayOperations: ServiceOperations = {
  CreateResourceGateway(input, context) {
    const { name, vpcIdentifier, subnetIds = [], tags = {} } = input;
    const { securityGroupIds = [], ipAddressType = 'IPV4' } = input;
    const { estate, accountId, region } = context;
    checkName(name, { minimum: 3, maximum: 40, reservedPrefix: 'rgw-' });
    checkOneOf('ipAddressType', ipAddressType, ADDRESS_TYPES);
    const vpc = estate.vpcs.get(vpcIdentifier ?? '');
    if (vpc?.accountId !== accountId || vpc.region !== region) {
      throw notFound('VPC', vpcIdentifier);
    }
    if (subnetIds.length === 0) {
      throw invalid('subnetIds', 'A resource gateway needs subnets');
    }
    for (const id of subnetIds) {
      if (estate.subnets.get(id)?.vpcId !== vpc.id) {
        throw notFound('SUBNET', id);
      }
    }
    checkSecurityGroups(context, vpc.id, securityGroupIds);
    const own = estate.resourceGateways.filter(({ vpcId }) => vpcId === vpc.id);
    const namesake = estate.resourceGateways.find(
      gateway => gateway.accountId === accountId && gateway.name === name,
    );
    if (namesake) {
      throw conflict(
        'RESOURCE_GATEWAY',
        namesake.id,
        `Resource gateway with name ${name} already exists`,
      );
    }
    const quota = quotaOf(context, 'resourceGatewaysPerVpc');
    if (own.length >= quota.value) {
      throw quotaExceeded(
        'RESOURCE_GATEWAY',
        quota.code,
        `There may be ${quota.value} resource gateways in a VPC`,
      );
    }
    const id = randomId('rgw');
    const arn = latticeArn(context, `resourcegateway/${id}`);
    const gateway: ResourceGateway = {
      ...madeNow(context),
      arn,
      id,
      name,
      status: 'ACTIVE',
      vpcId: vpc.id,
      subnetIds,
      securityGroupIds,
      ipAddressType,
      ipv4AddressesPerEni: input.ipv4AddressesPerEni,
      resourceConfigDnsResolution: input.resourceConfigDnsResolution,
      tags,
    };
    return describe(estate.resourceGateways.put(arn, gateway));
  },

  GetResourceGateway({ resourceGatewayIdentifier }, context) {
    return describe(findGateway(context, resourceGatewayIdentifier));
  },

  ListResourceGateways(input, context) {
    const { estate, accountId, region } = context;
    const gateways = estate.resourceGateways.filter(
      gateway => gateway.accountId === accountId && gateway.region === region,
    );
    return page(input, gateways, describe);
  },

  UpdateResourceGateway(input, context) {
    const gateway = findGateway(context, input.resourceGatewayIdentifier);
    const securityGroupIds = input.securityGroupIds ?? gateway.securityGroupIds;
    checkSecurityGroups(context, gateway.vpcId, securityGroupIds);
    return describe(
      context.estate.resourceGateways.put(gateway.arn, {
        ...gateway,
        ...updatedNow(context),
        securityGroupIds,
      }),
    );
  },

  DeleteResourceGateway({ resourceGatewayIdentifier }, context) {
    const { estate } = context;
    const { arn, id, name } = findGateway(context, resourceGatewayIdentifier);
    if (
      estate.resourceConfigurations.find(
        configuration => configuration.resourceGatewayId === id,
      )
    ) {
      throw conflict(
        'RESOURCE_GATEWAY',
        id,
        `Resource gateway ${id} still has resource configurations`,
      );
    }
    estate.resourceGateways.delete(arn);
    return { arn, id, name, status: 'DELETE_IN_PROGRESS' };
  },
};

export function findGateway(
  context: OperationContext,
  identifier: string,
): ResourceGateway {
  const { resourceGateways } = context.estate;
  return find(context, 'RESOURCE_GATEWAY', resourceGateways, identifier);
}

function checkSecurityGroups(
  { estate }: OperationContext,
  vpcId: string,
  ids: string[],
): void {
  for (const id of ids) {
    if (estate.securityGroups.get(id)?.vpcId !== vpcId) {
      throw notFound('SECURITY_GROUP', id);
    }
  }
}

/** Answers name the VPC `vpcId` or `vpcIdentifier`. */
function describe(gateway: ResourceGateway) {
  return { ...gateway, vpcIdentifier: gateway.vpcId };
}
