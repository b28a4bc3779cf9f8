import { ResourceProvider } from '../ResourceProvider';
import { dnsEntry, timestamps } from './attributes';
import { gone } from './gone';
import { settled } from './settled';
import { retag } from './retag';

export const service: ResourceProvider = {
  type: 'AWS::VpcLattice::Service',
  properties: [
    'AuthType',
    'CertificateArn',
    'CustomDomainName',
    'Name',
    'Tags',
  ],
  async create({ properties, tags, call, generateName, exists, until }) {
    const { arn } = await call('vpc-lattice', 'CreateService', {
      name:
        properties.Name ?? generateName({ maximumLength: 40, lowerCase: true }),
      authType: properties.AuthType,
      certificateArn: properties.CertificateArn,
      customDomainName: properties.CustomDomainName,
      tags,
    });
    exists(arn);
    const made = await until(async () =>
      settled(
        await call('vpc-lattice', 'GetService', { serviceIdentifier: arn }),
      ),
    );
    return {
      physicalId: arn,
      attributes: {
        Arn: arn,
        Id: made.id,
        Status: made.status,
        ...timestamps(made),
        ...dnsEntry(made),
      },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    const { lastUpdatedAt } = await call('vpc-lattice', 'UpdateService', {
      serviceIdentifier: physicalId,
      // CloudFormation's default, as the API's.
      authType: properties.AuthType ?? 'NONE',
      certificateArn: properties.CertificateArn,
    });
    await retag(request, physicalId);
    return { attributes: timestamps({ lastUpdatedAt }) };
  },
  async delete({ physicalId: serviceIdentifier, call, until }) {
    await call('vpc-lattice', 'DeleteService', { serviceIdentifier });
    await until(() =>
      gone(call('vpc-lattice', 'GetService', { serviceIdentifier })),
    );
  },
};
