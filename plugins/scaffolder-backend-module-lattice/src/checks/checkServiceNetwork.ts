import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { ifRead, type LaunchCheck } from './LaunchCheck';

/** The service network is one of the region that the account owns or that is shared with it. */
export const checkServiceNetwork: LaunchCheck = (request, facts) => {
  const { serviceNetworkArn, accountId, region } = request;
  const arn = serviceNetworkArn && parseArn(serviceNetworkArn);
  if (!arn) {
    return undefined;
  }
  if (arn.region !== region) {
    return {
      refusals: [
        `Service network ${serviceNetworkArn} is in ${arn.region}, the product would be in ${region}. Choose a service network of ${region}.`,
      ],
      unchecked: [],
    };
  }
  return ifRead(
    'whether the service network is shared with the account',
    facts.serviceNetworkArns,
    arns =>
      arns.includes(serviceNetworkArn)
        ? undefined
        : `Service network ${serviceNetworkArn} is not shared with account ${accountId}, or doesn't exist. Ask its owner, account ${arn.accountId}, to share it by AWS Resource Access Manager, or choose another.`,
  );
};
