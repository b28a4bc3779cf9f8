import { ifRead, type LaunchCheck } from './LaunchCheck';

/**
 * A custom domain name is unique among the services of a service network
 * (https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-custom-domain-name.html).
 */
export const checkDomainName: LaunchCheck = (request, facts) => {
  const { customDomainName: domain, ownServiceArn } = request;
  if (!domain) {
    return undefined;
  }
  const results = [facts.services, facts.associatedServices].map(known =>
    ifRead(`whether ${domain} is in use`, known, services => {
      const user = services.find(
        ({ arn, customDomainName }) =>
          arn !== ownServiceArn && customDomainName?.toLowerCase() === domain,
      );
      return (
        user &&
        `${domain} is in use by service '${user.name}' (${user.arn}). Choose another domain name, or retire that service first.`
      );
    }),
  );
  return {
    refusals: [...new Set(results.flatMap(result => result?.refusals ?? []))],
    unchecked: [...new Set(results.flatMap(result => result?.unchecked ?? []))],
  };
};
