import type { ResourceAssociation } from '../../estate/latticeResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { findAssociation, seesAssociation } from './associations';
import { latticeArn, madeNow, page } from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { findServiceNetwork } from './find';
import { findConfiguration } from './resourceConfigurations';

const TYPE = 'SERVICE_NETWORK_RESOURCE_ASSOCIATION';

export const resourceAssociationOperations: ServiceOperations = {
  CreateServiceNetworkResourceAssociation(input, context) {
    const { estate, accountId } = context;
    const configuration = findConfiguration(
      context,
      input.resourceConfigurationIdentifier,
      { shared: true },
    );
    const network = findServiceNetwork(
      context,
      input.serviceNetworkIdentifier,
      { shared: true },
    );
    if (configuration.type === 'CHILD' || configuration.type === 'CIDR') {
      throw invalid(
        'resourceConfigurationIdentifier',
        `Resource configurations of type ${configuration.type} can't be associated with a service network`,
      );
    }
    const ofNetwork = estate.resourceAssociations.filter(
      ({ serviceNetworkArn }) => serviceNetworkArn === network.arn,
    );
    const rival = ofNetwork.find(
      association => association.resourceConfigurationArn === configuration.arn,
    );
    if (rival) {
      throw conflict(
        TYPE,
        rival.id,
        `Resource configuration ${configuration.id} is already associated with service network ${network.id}`,
      );
    }
    const quota = quotaOf(context, 'resourceAssociationsPerNetwork');
    if (ofNetwork.length >= quota.value) {
      throw quotaExceeded(
        TYPE,
        quota.code,
        `A service network has ${quota.value} resource associations at most`,
      );
    }
    const id = randomId('snra');
    const arn = latticeArn(context, `servicenetworkresourceassociation/${id}`);
    return estate.resourceAssociations.put(arn, {
      ...madeNow(context),
      arn,
      id,
      serviceNetworkArn: network.arn,
      resourceConfigurationArn: configuration.arn,
      status: 'ACTIVE',
      createdBy: accountId,
      privateDnsEnabled: input.privateDnsEnabled ?? true,
      tags: input.tags ?? {},
    });
  },

  GetServiceNetworkResourceAssociation(input, context) {
    return describe(context, find(context, input));
  },

  ListServiceNetworkResourceAssociations(input, context) {
    const { serviceNetworkIdentifier, resourceConfigurationIdentifier } = input;
    if (!serviceNetworkIdentifier && !resourceConfigurationIdentifier) {
      throw invalid(
        'serviceNetworkIdentifier',
        'Either serviceNetworkIdentifier or resourceConfigurationIdentifier is needed',
      );
    }
    const shared = { shared: true };
    const networkArn =
      serviceNetworkIdentifier &&
      findServiceNetwork(context, serviceNetworkIdentifier, shared).arn;
    const configurationArn =
      resourceConfigurationIdentifier &&
      findConfiguration(context, resourceConfigurationIdentifier, shared).arn;
    const associations = context.estate.resourceAssociations.filter(
      association =>
        association.region === context.region &&
        (!networkArn || association.serviceNetworkArn === networkArn) &&
        (!configurationArn ||
          association.resourceConfigurationArn === configurationArn) &&
        seesAssociation(context, association),
    );
    return page(input, associations, association =>
      describe(context, association),
    );
  },

  DeleteServiceNetworkResourceAssociation(input, context) {
    const { arn, id } = find(context, input);
    context.estate.resourceAssociations.delete(arn);
    return { arn, id, status: 'DELETE_IN_PROGRESS' };
  },

  ListServiceNetworkVpcEndpointAssociations(input, context) {
    const network = findServiceNetwork(
      context,
      input.serviceNetworkIdentifier,
      { shared: true },
    );
    const endpoints = context.estate.vpcEndpoints
      .filter(({ serviceNetworkArn }) => serviceNetworkArn === network.arn)
      .map(endpoint => ({ ...endpoint, arn: endpoint.id }));
    return page(input, endpoints, endpoint => ({
      vpcEndpointId: endpoint.id,
      vpcId: endpoint.vpcId,
      vpcEndpointOwnerId: endpoint.accountId,
      id: endpoint.id.replace(/^vpce-/, 'snea-'),
      state: 'Available',
      serviceNetworkArn: network.arn,
      createdAt: endpoint.createdAt,
    }));
  },
};

function find(
  context: OperationContext,
  input: { serviceNetworkResourceAssociationIdentifier: string },
): ResourceAssociation {
  return findAssociation(
    context,
    TYPE,
    context.estate.resourceAssociations,
    input.serviceNetworkResourceAssociationIdentifier,
  );
}

function describe(
  { estate }: OperationContext,
  association: ResourceAssociation,
) {
  const network = estate.serviceNetworks.get(association.serviceNetworkArn);
  const configuration = estate.resourceConfigurations.get(
    association.resourceConfigurationArn,
  );
  return {
    ...association,
    serviceNetworkId: network?.id,
    serviceNetworkName: network?.name,
    resourceConfigurationId: configuration?.id,
    resourceConfigurationName: configuration?.name,
  };
}
