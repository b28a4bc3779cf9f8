import type {
  ProvisioningCertificate,
  ProvisioningPlan,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { checkRead, passes, refused } from './checkRead';

export function checkCertificate(
  { certificateArn, domainName }: ProvisioningPlan,
  certificates: ReadResult<ProvisioningCertificate>,
) {
  return checkRead('certificate', certificates, 'The certificates', certs => {
    const certificate = certs.find(({ arn }) => arn === certificateArn);
    if (!certificate) {
      return refused(
        `Certificate ${certificateArn} is not in this account and Region.`,
      );
    }
    if (certificate.status !== 'ISSUED') {
      return refused(
        `The certificate is not issued yet: ${certificate.status}.`,
      );
    }
    return domainName && !coversDomain(certificate, domainName)
      ? refused(
          `The certificate is for ${certificate.domainNames.join(
            ', ',
          )}, not for ${domainName}.`,
        )
      : passes('The certificate is issued and fits.');
  });
}

/** Whether a certificate is for a host name; `*` stands for one label. */
export function coversDomain(
  { domainNames }: Pick<ProvisioningCertificate, 'domainNames'>,
  domainName: string,
): boolean {
  const wanted = domainName.toLocaleLowerCase('en-US');
  const [, ...parent] = wanted.split('.');
  return domainNames
    .map(name => name.toLocaleLowerCase('en-US'))
    .some(name => name === wanted || name === `*.${parent.join('.')}`);
}
