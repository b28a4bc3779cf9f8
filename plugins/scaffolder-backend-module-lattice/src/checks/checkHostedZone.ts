import { ifRead, type LaunchCheck } from './LaunchCheck';

/** The hosted zone can hold a record of the domain name. */
export const checkHostedZone: LaunchCheck = (request, facts) => {
  const { hostedZoneId, customDomainName: domain, accountId } = request;
  if (!hostedZoneId) {
    return undefined;
  }
  return ifRead('the hosted zone', facts.hostedZoneName, zone => {
    if (zone === undefined) {
      return `Account ${accountId} has no hosted zone ${hostedZoneId}. Choose another.`;
    }
    return !domain || domain === zone || domain.endsWith(`.${zone}`)
      ? undefined
      : `Hosted zone ${hostedZoneId} is for ${zone}, and ${domain} doesn't belong to it. Choose another zone or domain name.`;
  });
};
