import { ResourceProvider } from '../ResourceProvider';

/**
 * Properties that are kept with the stack only: what they ask for makes no difference to the objects
 * that the sandbox writes.
 */
export const bucket: ResourceProvider = {
  type: 'AWS::S3::Bucket',
  properties: [
    'AccessControl',
    'BucketEncryption',
    'BucketName',
    'LifecycleConfiguration',
    'LoggingConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'Tags',
    'VersioningConfiguration',
  ],
  async create({ properties, caller, call, generateName, exists }) {
    const Bucket =
      properties.BucketName ??
      generateName({ maximumLength: 63, lowerCase: true });
    await call('s3', 'CreateBucket', { Bucket });
    exists(Bucket);
    return {
      physicalId: Bucket,
      attributes: {
        Arn: `arn:aws:s3:::${Bucket}`,
        DomainName: `${Bucket}.s3.amazonaws.com`,
        DualStackDomainName: `${Bucket}.s3.dualstack.${caller.region}.amazonaws.com`,
        RegionalDomainName: `${Bucket}.s3.${caller.region}.amazonaws.com`,
        WebsiteURL: `http://${Bucket}.s3-website-${caller.region}.amazonaws.com`,
      },
    };
  },
  async update() {
    return {};
  },
  async delete({ physicalId, call }) {
    await call('s3', 'DeleteBucket', { Bucket: physicalId });
  },
};
