import { ifRead, type LaunchCheck } from './LaunchCheck';
import type { LaunchFacts } from './LaunchFacts';

type Associations = (LaunchFacts['vpcAssociations'] & {
  status: 'read';
})['value'];

/**
 * Clients in a VPC reach a service network through the VPC's association with it, and a VPC can have only one
 * (https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html).
 */
export const checkVpcAssociation: LaunchCheck = (request, facts) => {
  const { vpcId, serviceNetworkArn, vpcAssociation: need } = request;
  const networks =
    request.reachedNetworkArns ??
    (serviceNetworkArn ? [serviceNetworkArn] : []);
  if (!vpcId || networks.length === 0 || !need) {
    return undefined;
  }
  return ifRead(
    'whether the VPC is associated with the service network',
    facts.vpcAssociations,
    associations => {
      const standing = associations.find(
        ({ status }) => !/^DELETE_/.test(status),
      );
      const isOwn =
        standing !== undefined &&
        standing.arn === request.ownVpcAssociationArn &&
        networks.includes(standing.serviceNetworkArn);
      if (need === 'needed') {
        return whyNotAssociated({ vpcId, networks, associations, standing });
      }
      return standing && !isOwn
        ? `${vpcId} is associated with service network ${standing.serviceNetworkArn} already, and a VPC can be associated with one only. Remove that association first, or use a service network endpoint.`
        : undefined;
    },
  );
};

function whyNotAssociated(options: {
  vpcId: string;
  networks: string[];
  associations: Associations;
  standing: Associations[number] | undefined;
}): string | undefined {
  const { vpcId, networks, associations, standing } = options;
  const right = associations.find(({ serviceNetworkArn }) =>
    networks.includes(serviceNetworkArn),
  );
  if (right?.status === 'ACTIVE') {
    return undefined;
  }
  if (right) {
    return `The association of ${vpcId} with service network ${right.serviceNetworkArn} is ${right.status}. Wait until it is ACTIVE, or repair it.`;
  }
  return `${vpcId} is not associated with service network ${networks.join(
    ' or ',
  )}${
    standing
      ? `, but with ${standing.serviceNetworkArn}, so nothing in it reaches that network. Choose another VPC or that network.`
      : ', so nothing in it reaches that network. Choose another VPC, or join this one with the template Join a VPC to a service network.'
  }`;
}
