import { ResourceProvider } from '../ResourceProvider';
import { dnsEntry, timestamps } from './attributes';
import { gone } from './gone';
import { settled } from './settled';

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
  async delete({ physicalId: serviceIdentifier, call, until }) {
    await call('vpc-lattice', 'DeleteService', { serviceIdentifier });
    await until(() =>
      gone(call('vpc-lattice', 'GetService', { serviceIdentifier })),
    );
  },
};
