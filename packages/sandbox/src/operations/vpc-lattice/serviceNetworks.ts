import type { ServiceNetwork } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { canSee } from '../sharing';
import {
  AUTH_TYPES,
  checkName,
  checkOneOf,
  latticeArn,
  madeNow,
  page,
  updatedNow,
} from './common';
import { conflict, quotaExceeded } from './errors';
import { findServiceNetwork } from './find';

export const serviceNetworkOperations: ServiceOperations = {
  CreateServiceNetwork(input, context) {
    const { name, authType = 'NONE', tags = {} } = input;
    const { estate, accountId, region } = context;
    checkName(name, {
      minimum: 3,
      maximum: 63,
      reservedPrefix: 'servicenetwork-',
    });
    checkOneOf('authType', authType, AUTH_TYPES);
    const own = estate.serviceNetworks.filter(
      network => network.accountId === accountId && network.region === region,
    );
    const namesake = own.find(network => network.name === name);
    if (namesake) {
      throw conflict(
        'SERVICE_NETWORK',
        namesake.id,
        `Service network with name ${name} already exists`,
      );
    }
    const quota = quotaOf(context, 'networksPerRegion');
    if (own.length >= quota.value) {
      throw quotaExceeded(
        'SERVICE_NETWORK',
        quota.code,
        `There may be ${quota.value} service networks in a Region`,
      );
    }
    const id = randomId('sn');
    const arn = latticeArn(context, `servicenetwork/${id}`);
    const network = { ...madeNow(context), arn, id, name, authType, tags };
    return estate.serviceNetworks.put(arn, network);
  },

  GetServiceNetwork(input, context) {
    const { serviceNetworkIdentifier } = input;
    const network = findServiceNetwork(context, serviceNetworkIdentifier, {
      shared: true,
    });
    return describe(context, network);
  },

  ListServiceNetworks(input, context) {
    const { estate, accountId, region } = context;
    const networks = estate.serviceNetworks.filter(
      network =>
        network.region === region && canSee(estate, network, accountId),
    );
    return page(input, networks, network => describe(context, network));
  },

  UpdateServiceNetwork(input, context) {
    const { serviceNetworkIdentifier, authType } = input;
    checkOneOf('authType', authType, AUTH_TYPES);
    const { arn } = findServiceNetwork(context, serviceNetworkIdentifier);
    return context.estate.serviceNetworks.put(arn, {
      ...context.estate.serviceNetworks.get(arn)!,
      ...updatedNow(context),
      authType,
    });
  },

  DeleteServiceNetwork(input, context) {
    const { estate } = context;
    const network = findServiceNetwork(context, input.serviceNetworkIdentifier);
    const { vpcs, services, resources, endpoints } = associationsOf(
      context,
      network,
    );
    if (vpcs + services + resources + endpoints > 0) {
      throw conflict(
        'SERVICE_NETWORK',
        network.id,
        `Service network ${network.id} still has ${vpcs} VPC, ${services} service, ${resources} resource and ${endpoints} VPC endpoint associations`,
      );
    }
    deleteAttachments(context, network.arn);
    estate.serviceNetworks.delete(network.arn);
  },
};

/** Deletes the auth policy and the access log subscriptions of a service network or service. */
export function deleteAttachments(
  context: OperationContext,
  resourceArn: string,
): void {
  const { estate } = context;
  estate.authPolicies.delete(resourceArn);
  for (const subscription of estate.accessLogSubscriptions.filter(
    candidate => candidate.resourceArn === resourceArn,
  )) {
    estate.accessLogSubscriptions.delete(subscription.arn);
  }
}

function associationsOf(context: OperationContext, { arn }: ServiceNetwork) {
  const isOfNetwork = (association: { serviceNetworkArn: string }) =>
    association.serviceNetworkArn === arn;
  return {
    vpcs: context.estate.vpcAssociations.filter(isOfNetwork).length,
    services: context.estate.serviceAssociations.filter(isOfNetwork).length,
    resources: context.estate.resourceAssociations.filter(isOfNetwork).length,
    endpoints: context.estate.vpcEndpoints.filter(
      ({ serviceNetworkArn }) => serviceNetworkArn === arn,
    ).length,
  };
}

function describe(context: OperationContext, network: ServiceNetwork) {
  const { vpcs, services } = associationsOf(context, network);
  return {
    ...network,
    numberOfAssociatedVPCs: vpcs,
    numberOfAssociatedServices: services,
    numberOfAssociatedResourceConfigurations: 0,
  };
}
