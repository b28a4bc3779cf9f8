import { ResourceProvider, ResourceRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';
import { tagList } from '../../../estate/tagList';

interface Validation {
  DomainName: string;
  ResourceRecord?: { Name: string; Type: string; Value: string };
}

/** Records that prove a domain are put into the hosted zones that the template names. */
async function putValidationRecords(
  { properties, call }: ResourceRequest,
  validations: Validation[],
): Promise<void> {
  for (const option of properties.DomainValidationOptions ?? []) {
    const record = validations.find(
      ({ DomainName }) => DomainName === option.DomainName,
    )?.ResourceRecord;
    if (option.HostedZoneId && record) {
      await call('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: option.HostedZoneId,
        ChangeBatch: {
          Changes: [
            {
              Action: 'UPSERT',
              ResourceRecordSet: {
                Name: record.Name,
                Type: record.Type,
                TTL: 300,
                ResourceRecords: [{ Value: record.Value }],
              },
            },
          ],
        },
      });
    }
  }
}

export const certificate: ResourceProvider = {
  type: 'AWS::CertificateManager::Certificate',
  properties: [
    'DomainName',
    'DomainValidationOptions',
    'KeyAlgorithm',
    'SubjectAlternativeNames',
    'Tags',
    'ValidationMethod',
  ],
  async create(request) {
    const { properties, tags, call, exists, until } = request;
    const { CertificateArn } = await call('acm', 'RequestCertificate', {
      DomainName: properties.DomainName,
      SubjectAlternativeNames: properties.SubjectAlternativeNames,
      ValidationMethod: properties.ValidationMethod,
      KeyAlgorithm: properties.KeyAlgorithm,
      ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
    });
    exists(CertificateArn);
    const describe = () =>
      call('acm', 'DescribeCertificate', { CertificateArn });
    const { Certificate } = await describe();
    await putValidationRecords(request, Certificate.DomainValidationOptions);
    await until(async () => {
      const { Certificate: current } = await describe();
      return current.Status === 'ISSUED' ? true : undefined;
    });
    return { physicalId: CertificateArn, attributes: { CertificateArn } };
  },
  async update(request) {
    const { physicalId: CertificateArn, call } = request;
    const { put, remove } = tagChanges(request);
    if (remove.length > 0) {
      await call('acm', 'RemoveTagsFromCertificate', {
        CertificateArn,
        Tags: remove.map(Key => ({ Key })),
      });
    }
    if (Object.keys(put).length > 0) {
      await call('acm', 'AddTagsToCertificate', {
        CertificateArn,
        Tags: tagList(put),
      });
    }
    return {};
  },
  async delete({ physicalId, call }) {
    await call('acm', 'DeleteCertificate', { CertificateArn: physicalId });
  },
};
