import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { ifRead, type LaunchCheck } from './LaunchCheck';

/** The certificate is issued, in the account and region of the service, and covers its domain name. */
export const checkCertificate: LaunchCheck = (request, facts) => {
  const { certificateArn, customDomainName, accountId, region } = request;
  if (!certificateArn) {
    return undefined;
  }
  const arn = parseArn(certificateArn);
  if (arn && (arn.region !== region || arn.accountId !== accountId)) {
    return {
      refusals: [
        `Certificate ${certificateArn} is of account ${arn.accountId} in ${arn.region}; VPC Lattice takes one of account ${accountId} in ${region} only. Choose or request a certificate there.`,
      ],
      unchecked: [],
    };
  }
  return ifRead('the certificate', facts.certificate, certificate => {
    if (!certificate) {
      return `Account ${accountId} has no certificate ${certificateArn} in ${region}. Choose another.`;
    }
    const { status, domainNames } = certificate;
    if (status !== 'ISSUED') {
      return `Certificate ${certificateArn} is ${status}. Finish its validation, or choose one that is ISSUED.`;
    }
    return !customDomainName || domainNames.some(covers(customDomainName))
      ? undefined
      : `Certificate ${certificateArn} covers ${domainNames.join(
          ', ',
        )}, not ${customDomainName}. Choose or request one that does.`;
  });
};

/** A wildcard stands for exactly one label: https://datatracker.ietf.org/doc/html/rfc9525#section-6.3 */
function covers(domain: string): (name: string) => boolean {
  return name =>
    name === domain ||
    (name.startsWith('*.') &&
      domain.slice(domain.indexOf('.') + 1) === name.slice(2) &&
      domain.indexOf('.') > 0);
}
