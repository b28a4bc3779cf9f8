import { AwsError } from '../../AwsError';
import { findKept } from '../keptResource';
import type { KeptType } from '../KeptType';

/** AWS KMS and the policies of S3 buckets. Nothing is encrypted, and nothing asks bucket policies. */
export const securityTypes: KeptType[] = [
  {
    type: 'AWS::KMS::Key',
    service: 'kms',
    create: 'CreateKey',
    update: 'PutKeyPolicy',
    delete: 'ScheduleKeyDeletion',
    tagAction: 'kms:TagResource',
    missingCode: 'NotFoundException',
    identify: ({ name: physicalId, region, accountId }) => {
      const arn = `arn:aws:kms:${region}:${accountId}:key/${physicalId}`;
      return { physicalId, arn, attributes: { Arn: arn, KeyId: physicalId } };
    },
  },
  {
    type: 'AWS::KMS::Alias',
    service: 'kms',
    create: 'CreateAlias',
    update: 'UpdateAlias',
    delete: 'DeleteAlias',
    name: { property: 'AliasName' },
    taken: id => ({
      code: 'AlreadyExistsException',
      message: `An alias with the name ${id} already exists`,
    }),
    missingCode: 'NotFoundException',
    check: ({ properties, accountId, region, estate }) => {
      const { TargetKeyId } = properties;
      const physicalId = TargetKeyId.split('/').at(-1);
      const type = 'AWS::KMS::Key';
      if (!findKept(estate, { accountId, region, type, physicalId })) {
        throw new AwsError({
          code: 'NotFoundException',
          statusCode: 400,
          message: `Key '${TargetKeyId}' does not exist`,
        });
      }
    },
    identify: ({ name: physicalId, region, accountId }) => ({
      physicalId,
      arn: `arn:aws:kms:${region}:${accountId}:${physicalId}`,
      attributes: {},
    }),
  },
  {
    type: 'AWS::S3::BucketPolicy',
    service: 's3',
    create: 'PutBucketPolicy',
    update: 'PutBucketPolicy',
    delete: 'DeleteBucketPolicy',
    name: { property: 'Bucket' },
    missingCode: 'NoSuchBucketPolicy',
    check: ({ properties, estate, accountId }) => {
      const bucket = estate.buckets.get(properties.Bucket);
      if (bucket?.accountId !== accountId) {
        throw new AwsError({
          code: 'NoSuchBucket',
          statusCode: 404,
          message: 'The specified bucket does not exist',
        });
      }
    },
    identify: ({ name: physicalId }) => ({
      physicalId,
      arn: `arn:aws:s3:::${physicalId}`,
      attributes: {},
    }),
  },
];
