import type { Bucket } from '../../estate/resources';
import type { ObjectStore } from '../../objects/ObjectStore';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';

/** A bucket of the caller. @throws AwsError NoSuchBucket, AccessDenied */
export function findBucket(context: OperationContext, name: string): Bucket {
  const bucket = context.estate.buckets.get(name);
  if (!bucket) {
    throw new AwsError({
      code: 'NoSuchBucket',
      statusCode: 404,
      message: 'The specified bucket does not exist',
      members: { BucketName: name },
    });
  }
  if (bucket.accountId !== context.accountId) {
    throw new AwsError({
      code: 'AccessDenied',
      statusCode: 403,
      message: 'Access Denied',
    });
  }
  return bucket;
}

export function bucketOperations(options: {
  objects: ObjectStore;
}): ServiceOperations {
  return {
    CreateBucket(input, context) {
      const { Bucket: name } = input;
      const { accountId, region, estate } = context;
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
        throw new AwsError({
          code: 'InvalidBucketName',
          message: 'The specified bucket is not valid.',
        });
      }
      const rival = estate.buckets.get(name);
      if (rival) {
        throw new AwsError({
          code:
            rival.accountId === accountId
              ? 'BucketAlreadyOwnedByYou'
              : 'BucketAlreadyExists',
          statusCode: 409,
          message: 'The requested bucket name is not available.',
        });
      }
      const createdAt = new Date(context.now()).toISOString();
      estate.buckets.put(name, { accountId, region, name, createdAt });
      return { Location: `/${name}` };
    },

    HeadBucket(input, context) {
      return { BucketRegion: findBucket(context, input.Bucket).region };
    },

    ListBuckets(_input, context) {
      const buckets = context.estate.buckets.filter(
        bucket => bucket.accountId === context.accountId,
      );
      return {
        Buckets: buckets
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ name, createdAt, region }) => ({
            Name: name,
            CreationDate: createdAt,
            BucketRegion: region,
          })),
        Owner: { ID: context.accountId },
      };
    },

    async DeleteBucket(input, context) {
      const { name } = findBucket(context, input.Bucket);
      const { objects } = await options.objects.list({
        bucket: name,
        maxKeys: 1,
      });
      if (objects.length > 0) {
        throw new AwsError({
          code: 'BucketNotEmpty',
          statusCode: 409,
          message: 'The bucket you tried to delete is not empty',
        });
      }
      context.estate.buckets.delete(name);
    },
  };
}
