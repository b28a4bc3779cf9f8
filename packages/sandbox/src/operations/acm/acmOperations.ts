import { createHash, randomUUID } from 'node:crypto';
import type { Estate } from '../../estate/Estate';
import type { Certificate } from '../../estate/networkResources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import { tagList, tagsFrom } from '../../estate/tagList';

const YEAR = 365 * 24 * 3_600_000;

/**
 * Operations of AWS Certificate Manager. A certificate validated by DNS is issued once the records
 * that ask for it are in hosted zones of the estate, and not before.
 */
export const acmOperations: ServiceOperations = {
  RequestCertificate(input, context) {
    const { DomainName, SubjectAlternativeNames = [] } = input;
    const { accountId, region, estate } = context;
    const arn = `arn:aws:acm:${region}:${accountId}:certificate/${randomUUID()}`;
    const alternativeNames: string[] = [
      ...new Set<string>([DomainName, ...SubjectAlternativeNames]),
    ];
    const wrong = alternativeNames.find(name => !isDomainName(name));
    if (wrong) {
      throw new AwsError({
        code: 'InvalidParameterException',
        message: `The domain name ${wrong} is not valid`,
      });
    }
    estate.certificates.put(arn, {
      accountId,
      region,
      arn,
      domainName: DomainName,
      alternativeNames,
      validationMethod: input.ValidationMethod ?? 'EMAIL',
      isIssued: false,
      keyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
      tags: tagsFrom(input.Tags),
      createdAt: new Date(context.now()).toISOString(),
    });
    return { CertificateArn: arn };
  },

  DescribeCertificate({ CertificateArn }, context) {
    const certificate = find(context, CertificateArn);
    return { Certificate: describe(context.estate, certificate) };
  },

  ListCertificates(input, context) {
    const { CertificateStatuses, Includes } = input;
    const { accountId, region, estate } = context;
    const keyTypes: string[] | undefined = Includes?.keyTypes;
    const certificates = estate.certificates.filter(
      certificate =>
        certificate.accountId === accountId &&
        certificate.region === region &&
        (!CertificateStatuses?.length ||
          CertificateStatuses.includes(statusOf(estate, certificate))) &&
        (!keyTypes?.length || keyTypes.includes(certificate.keyAlgorithm)),
    );
    const { items, nextToken } = paginate({
      items: certificates,
      key: ({ arn }) => arn,
      maxResults: input.MaxItems,
      nextToken: input.NextToken,
      defaultSize: 100,
      invalidToken: () =>
        new AwsError({
          code: 'ValidationException',
          statusCode: 400,
          message: 'The NextToken is not valid',
        }),
    });
    return {
      CertificateSummaryList: items.map(certificate => {
        const {
          SubjectAlternativeNames,
          DomainValidationOptions: _,
          ...rest
        } = describe(estate, certificate);
        return {
          ...rest,
          SubjectAlternativeNameSummaries: SubjectAlternativeNames,
          HasAdditionalSubjectAlternativeNames: false,
          InUse: rest.InUseBy.length > 0,
        };
      }),
      NextToken: nextToken,
    };
  },

  DeleteCertificate({ CertificateArn }, context) {
    const { arn } = find(context, CertificateArn);
    if (usesOf(context.estate, arn).length > 0) {
      throw new AwsError({
        code: 'ResourceInUseException',
        message: `Certificate ${arn} is in use.`,
      });
    }
    context.estate.certificates.delete(arn);
  },

  AddTagsToCertificate({ CertificateArn, Tags }, context) {
    const certificate = find(context, CertificateArn);
    context.estate.certificates.put(certificate.arn, {
      ...certificate,
      tags: { ...certificate.tags, ...tagsFrom(Tags) },
    });
  },

  RemoveTagsFromCertificate({ CertificateArn, Tags }, context) {
    const certificate = find(context, CertificateArn);
    const keys = Object.keys(tagsFrom(Tags));
    context.estate.certificates.put(certificate.arn, {
      ...certificate,
      tags: Object.fromEntries(
        Object.entries(certificate.tags).filter(([key]) => !keys.includes(key)),
      ),
    });
  },

  ListTagsForCertificate({ CertificateArn }, context) {
    const { tags } = find(context, CertificateArn);
    return {
      Tags: tagList(tags),
    };
  },
};

function isDomainName(name: string): boolean {
  return (
    name.length <= 253 &&
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(name)
  );
}

function find({ estate, accountId }: OperationContext, arn: string) {
  const certificate = estate.certificates.get(arn);
  if (certificate?.accountId !== accountId) {
    throw new AwsError({
      code: 'ResourceNotFoundException',
      message: `Could not find certificate ${arn}.`,
    });
  }
  return certificate;
}

/** The record that proves a domain is its owner's; a wildcard has that of its domain. */
function validationRecord({ accountId }: Certificate, domainName: string) {
  const domain = domainName.replace(/^\*\./, '').toLowerCase();
  const hash = (salt: string) =>
    createHash('md5').update([salt, accountId, domain].join('/')).digest('hex');
  return {
    Name: `_${hash('name')}.${domain}.`,
    Type: 'CNAME',
    Value: `_${hash('value')}.acm-validations.aws.`,
  };
}

function isValidated(
  estate: Estate,
  certificate: Certificate,
  domainName: string,
): boolean {
  const wanted = validationRecord(certificate, domainName);
  return (
    certificate.isIssued ||
    (certificate.validationMethod === 'DNS' &&
      estate.hostedZones
        .filter(({ isPrivate }) => !isPrivate)
        .some(({ recordSets }) =>
          recordSets.some(
            ({ Name, Type, ResourceRecords = [] }) =>
              Name === wanted.Name &&
              Type === wanted.Type &&
              ResourceRecords.some(
                ({ Value }) => `${Value.replace(/\.$/, '')}.` === wanted.Value,
              ),
          ),
        ))
  );
}

function statusOf(
  estate: Estate,
  certificate: Certificate,
): 'ISSUED' | 'PENDING_VALIDATION' {
  return certificate.alternativeNames.every(name =>
    isValidated(estate, certificate, name),
  )
    ? 'ISSUED'
    : 'PENDING_VALIDATION';
}

/** ARNs of what serves a certificate. */
function usesOf(estate: Estate, arn: string): string[] {
  return [
    ...estate.services
      .filter(({ certificateArn }) => certificateArn === arn)
      .map(service => service.arn),
    ...estate.loadBalancerListeners
      .filter(({ certificateArns }) => certificateArns.includes(arn))
      .map(({ loadBalancerArn }) => loadBalancerArn),
  ];
}

function describe(estate: Estate, certificate: Certificate) {
  const { arn, domainName, alternativeNames, createdAt } = certificate;
  const status = statusOf(estate, certificate);
  const created = new Date(createdAt);
  return {
    CertificateArn: arn,
    DomainName: domainName,
    SubjectAlternativeNames: alternativeNames,
    DomainValidationOptions: alternativeNames.map(name => ({
      DomainName: name,
      ValidationDomain: name,
      ValidationStatus: isValidated(estate, certificate, name)
        ? 'SUCCESS'
        : 'PENDING_VALIDATION',
      ValidationMethod: certificate.validationMethod,
      ...(certificate.validationMethod === 'DNS' && {
        ResourceRecord: validationRecord(certificate, name),
      }),
    })),
    Status: status,
    Type: 'AMAZON_ISSUED',
    KeyAlgorithm: certificate.keyAlgorithm,
    CreatedAt: created,
    ...(status === 'ISSUED' && {
      IssuedAt: created,
      NotBefore: created,
      NotAfter: new Date(created.getTime() + YEAR),
    }),
    InUseBy: usesOf(estate, arn),
    RenewalEligibility:
      usesOf(estate, arn).length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
  };
}
