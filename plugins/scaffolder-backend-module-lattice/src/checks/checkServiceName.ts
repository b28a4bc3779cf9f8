import { ifRead, type LaunchCheck } from './LaunchCheck';

/** Names of services are unique in an account and region. */
export const checkServiceName: LaunchCheck = (request, facts) => {
  const { serviceName, ownServiceArn, accountId, region } = request;
  if (!serviceName) {
    return undefined;
  }
  return ifRead('whether the name is taken', facts.services, services => {
    const taken = services.find(({ name }) => name === serviceName);
    return taken && taken.arn !== ownServiceArn
      ? `Account ${accountId} has a service '${serviceName}' in ${region} already (${taken.arn}). Choose another name, or retire that service first.`
      : undefined;
  });
};
