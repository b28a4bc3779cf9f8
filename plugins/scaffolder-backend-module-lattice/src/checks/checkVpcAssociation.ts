import { ifRead, type LaunchCheck } from './LaunchCheck';

/**
 * Clients in a VPC reach a service network through the VPC's association with it, and a VPC can have only one
 * (https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html).
 */
export const checkVpcAssociation: LaunchCheck = (request, facts) => {
  const { vpcId, serviceNetworkArn, vpcAssociation: need } = request;
  if (!vpcId || !serviceNetworkArn || !need) {
    return undefined;
  }
  return ifRead(
    'whether the VPC is associated with the service network',
    facts.vpcAssociations,
    associations => {
      const standing = associations.find(
        ({ status }) => !/^DELETE_/.test(status),
      );
      if (need === 'absent') {
        return (
          standing &&
          `${vpcId} is associated with service network ${standing.serviceNetworkArn} already, and a VPC can be associated with one only. Remove that association first, or use a service network endpoint.`
        );
      }
      const right = associations.find(
        candidate => candidate.serviceNetworkArn === serviceNetworkArn,
      );
      if (right?.status === 'ACTIVE') {
        return undefined;
      }
      return right
        ? `The association of ${vpcId} with service network ${serviceNetworkArn} is ${right.status}. Wait until it is ACTIVE, or repair it.`
        : `${vpcId} is not associated with service network ${serviceNetworkArn}${
            standing
              ? `, but with ${standing.serviceNetworkArn}. Choose another VPC or that network.`
              : '. Choose another VPC, or let the platform team associate this one: template Join a VPC.'
          }`;
    },
  );
};
