import type { VpcAssociation } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { canSee } from '../sharing';
import { latticeArn, madeNow, page, updatedNow } from './common';
import {
  accessDenied,
  conflict,
  invalid,
  notFound,
  quotaExceeded,
} from './errors';
import { findServiceNetwork } from './find';

const SECURITY_GROUPS_PER_ASSOCIATION = 5;

export const vpcAssociationOperations: ServiceOperations = {
  CreateServiceNetworkVpcAssociation(input, context) {
    const { vpcIdentifier, securityGroupIds = [], tags = {} } = input;
    const { estate, accountId, region } = context;
    const network = findServiceNetwork(
      context,
      input.serviceNetworkIdentifier,
      { shared: true },
    );
    const vpc = estate.vpcs.get(vpcIdentifier.split('/').at(-1));
    if (vpc?.accountId !== accountId || vpc.region !== region) {
      throw notFound('VPC', vpcIdentifier);
    }
    checkSecurityGroups(context, vpc.id, securityGroupIds);
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html: one service network per VPC.
    const rival = estate.vpcAssociations.find(
      association => association.vpcId === vpc.id,
    );
    if (rival) {
      throw conflict(
        'SERVICE_NETWORK_VPC_ASSOCIATION',
        rival.id,
        `VPC ${vpc.id} is already associated with service network ${rival.serviceNetworkArn}`,
      );
    }
    const quota = quotaOf(context, 'vpcAssociationsPerNetwork');
    const ofNetwork = estate.vpcAssociations.filter(
      ({ serviceNetworkArn }) => serviceNetworkArn === network.arn,
    );
    if (ofNetwork.length >= quota.value) {
      throw quotaExceeded(
        'SERVICE_NETWORK_VPC_ASSOCIATION',
        quota.code,
        `A service network has ${quota.value} VPC associations at most`,
      );
    }
    const id = randomId('snva');
    const arn = latticeArn(context, `servicenetworkvpcassociation/${id}`);
    return estate.vpcAssociations.put(arn, {
      ...madeNow(context),
      arn,
      id,
      serviceNetworkArn: network.arn,
      vpcId: vpc.id,
      securityGroupIds,
      status: 'ACTIVE',
      createdBy: accountId,
      tags,
    });
  },

  GetServiceNetworkVpcAssociation(input, context) {
    const { serviceNetworkVpcAssociationIdentifier: identifier } = input;
    return describe(context, findAssociation(context, identifier));
  },

  ListServiceNetworkVpcAssociations(input, context) {
    const { serviceNetworkIdentifier, vpcIdentifier } = input;
    if (!serviceNetworkIdentifier && !vpcIdentifier) {
      throw invalid(
        'serviceNetworkIdentifier',
        'Either serviceNetworkIdentifier or vpcIdentifier is needed',
      );
    }
    const networkArn =
      serviceNetworkIdentifier &&
      findServiceNetwork(context, serviceNetworkIdentifier, { shared: true })
        .arn;
    const associations = context.estate.vpcAssociations.filter(
      association =>
        association.region === context.region &&
        (!networkArn || association.serviceNetworkArn === networkArn) &&
        (!vpcIdentifier || association.vpcId === vpcIdentifier) &&
        isVisible(context, association),
    );
    return page(input, associations, association =>
      describe(context, association),
    );
  },

  UpdateServiceNetworkVpcAssociation(input, context) {
    const { serviceNetworkVpcAssociationIdentifier: identifier } = input;
    const { securityGroupIds } = input;
    const association = findAssociation(context, identifier);
    if (association.accountId !== context.accountId) {
      // Only its creator may change an association.
      throw accessDenied(context.principalArn, association.arn);
    }
    if (securityGroupIds) {
      if (securityGroupIds.length === 0) {
        throw invalid(
          'securityGroupIds',
          'An association keeps at least one security group; delete and create it anew to have none',
        );
      }
      checkSecurityGroups(context, association.vpcId, securityGroupIds);
    }
    return context.estate.vpcAssociations.put(association.arn, {
      ...association,
      ...updatedNow(context),
      securityGroupIds: securityGroupIds ?? association.securityGroupIds,
    });
  },

  DeleteServiceNetworkVpcAssociation(input, context) {
    const { serviceNetworkVpcAssociationIdentifier: identifier } = input;
    const { arn, id } = findAssociation(context, identifier);
    context.estate.vpcAssociations.delete(arn);
    return { arn, id, status: 'DELETE_IN_PROGRESS' };
  },
};

/** Both sides see an association and may end it. */
function isVisible(
  { estate, accountId }: OperationContext,
  association: VpcAssociation,
): boolean {
  const network = estate.serviceNetworks.get(association.serviceNetworkArn);
  return (
    association.accountId === accountId ||
    (network !== undefined && canSee(estate, network, accountId))
  );
}

function findAssociation(
  context: OperationContext,
  identifier: string,
): VpcAssociation {
  const id = identifier.split('/').at(-1);
  const found = context.estate.vpcAssociations.find(
    association =>
      association.id === id &&
      association.region === context.region &&
      isVisible(context, association),
  );
  if (!found) {
    throw notFound('SERVICE_NETWORK_VPC_ASSOCIATION', identifier);
  }
  return found;
}

function describe(context: OperationContext, association: VpcAssociation) {
  const network = context.estate.serviceNetworks.get(
    association.serviceNetworkArn,
  );
  return {
    ...association,
    serviceNetworkId: association.serviceNetworkArn.split('/').at(-1),
    serviceNetworkName: network?.name,
  };
}

function checkSecurityGroups(
  { estate }: OperationContext,
  vpcId: string,
  ids: string[],
): void {
  if (ids.length > SECURITY_GROUPS_PER_ASSOCIATION) {
    throw invalid(
      'securityGroupIds',
      `An association has ${SECURITY_GROUPS_PER_ASSOCIATION} security groups at most`,
    );
  }
  for (const id of ids) {
    if (estate.securityGroups.get(id)?.vpcId !== vpcId) {
      throw notFound('SECURITY_GROUP', id);
    }
  }
}
