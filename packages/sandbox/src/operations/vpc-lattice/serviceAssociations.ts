import type { ServiceAssociation } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { findAssociation, seesAssociation } from './associations';
import { latticeArn, madeNow, page } from './common';
import { accessDenied, conflict, invalid, quotaExceeded } from './errors';
import { findService, findServiceNetwork } from './find';

const TYPE = 'SERVICE_NETWORK_SERVICE_ASSOCIATION';

export const serviceAssociationOperations: ServiceOperations = {
  CreateServiceNetworkServiceAssociation(input, context) {
    const { serviceNetworkIdentifier, serviceIdentifier, tags = {} } = input;
    const { estate, accountId } = context;
    const shared = { shared: true };
    const network = findServiceNetwork(
      context,
      serviceNetworkIdentifier,
      shared,
    );
    const service = findService(context, serviceIdentifier, shared);
    if (service.accountId !== accountId && network.accountId !== accountId) {
      throw accessDenied(context.principalArn, service.arn);
    }
    const rival = estate.serviceAssociations.find(
      association =>
        association.serviceArn === service.arn &&
        association.serviceNetworkArn === network.arn,
    );
    if (rival) {
      throw conflict(
        TYPE,
        rival.id,
        `Service ${service.id} is already associated with service network ${network.id}`,
      );
    }
    checkDomainName(context, service.customDomainName, network.arn);
    const quota = quotaOf(context, 'serviceAssociationsPerNetwork');
    const ofNetwork = estate.serviceAssociations.filter(
      ({ serviceNetworkArn }) => serviceNetworkArn === network.arn,
    );
    if (ofNetwork.length >= quota.value) {
      throw quotaExceeded(
        TYPE,
        quota.code,
        `A service network has ${quota.value} service associations at most`,
      );
    }
    const id = randomId('snsa');
    const arn = latticeArn(context, `servicenetworkserviceassociation/${id}`);
    const association = estate.serviceAssociations.put(arn, {
      ...madeNow(context),
      arn,
      id,
      serviceNetworkArn: network.arn,
      serviceArn: service.arn,
      status: 'ACTIVE',
      createdBy: accountId,
      tags,
    });
    return describe(context, association);
  },

  GetServiceNetworkServiceAssociation(input, context) {
    const { serviceNetworkServiceAssociationIdentifier: identifier } = input;
    return describe(context, find(context, identifier));
  },

  ListServiceNetworkServiceAssociations(input, context) {
    const { serviceNetworkIdentifier, serviceIdentifier } = input;
    if (!serviceNetworkIdentifier && !serviceIdentifier) {
      throw invalid(
        'serviceNetworkIdentifier',
        'Either serviceNetworkIdentifier or serviceIdentifier is needed',
      );
    }
    const shared = { shared: true };
    const networkArn =
      serviceNetworkIdentifier &&
      findServiceNetwork(context, serviceNetworkIdentifier, shared).arn;
    const serviceArn =
      serviceIdentifier && findService(context, serviceIdentifier, shared).arn;
    const associations = context.estate.serviceAssociations.filter(
      association =>
        association.region === context.region &&
        (!networkArn || association.serviceNetworkArn === networkArn) &&
        (!serviceArn || association.serviceArn === serviceArn) &&
        isVisible(context, association),
    );
    return page(input, associations, association =>
      describe(context, association),
    );
  },

  DeleteServiceNetworkServiceAssociation(input, context) {
    const { serviceNetworkServiceAssociationIdentifier: identifier } = input;
    const { arn, id } = find(context, identifier);
    context.estate.serviceAssociations.delete(arn);
    return { arn, id, status: 'DELETE_IN_PROGRESS' };
  },
};

/** The service's owner sees an association too. */
function isVisible(
  context: OperationContext,
  association: ServiceAssociation,
): boolean {
  const service = context.estate.services.get(association.serviceArn);
  return (
    service?.accountId === context.accountId ||
    seesAssociation(context, association)
  );
}

function find(
  context: OperationContext,
  identifier: string,
): ServiceAssociation {
  return findAssociation(
    context,
    TYPE,
    context.estate.serviceAssociations,
    identifier,
    isVisible,
  );
}

/** A custom domain name may be there once in a service network. */
function checkDomainName(
  { estate }: OperationContext,
  customDomainName: string | undefined,
  networkArn: string,
): void {
  const rival =
    customDomainName &&
    estate.serviceAssociations.find(
      association =>
        association.serviceNetworkArn === networkArn &&
        estate.services.get(association.serviceArn)?.customDomainName ===
          customDomainName,
    );
  if (rival) {
    throw conflict(
      TYPE,
      rival.id,
      `The custom domain name ${customDomainName} is already used in the service network`,
    );
  }
}

function describe(context: OperationContext, association: ServiceAssociation) {
  const { estate } = context;
  const network = estate.serviceNetworks.get(association.serviceNetworkArn);
  const service = estate.services.get(association.serviceArn);
  return {
    ...association,
    serviceId: association.serviceArn.split('/').at(-1),
    serviceName: service?.name,
    serviceNetworkId: association.serviceNetworkArn.split('/').at(-1),
    serviceNetworkName: network?.name,
    dnsEntry: service?.dnsEntry,
    customDomainName: service?.customDomainName,
  };
}
