import type { VpcAssociation } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { findAssociation, seesAssociation } from './associations';
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

const TYPE = 'SERVICE_NETWORK_VPC_ASSOCIATION';

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
        TYPE,
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
        TYPE,
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
    return describe(context, find(context, identifier));
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
        seesAssociation(context, association),
    );
    return page(input, associations, association =>
      describe(context, association),
    );
  },

  UpdateServiceNetworkVpcAssociation(input, context) {
    const { serviceNetworkVpcAssociationIdentifier: identifier } = input;
    const { securityGroupIds } = input;
    const association = find(context, identifier);
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
    const { arn, id } = find(context, identifier);
    context.estate.vpcAssociations.delete(arn);
    return { arn, id, status: 'DELETE_IN_PROGRESS' };
  },
};

function find(context: OperationContext, identifier: string): VpcAssociation {
  const { vpcAssociations } = context.estate;
  return findAssociation(context, TYPE, vpcAssociations, identifier);
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
