import type { ObjectStore, ObjectSummary } from '../../objects/ObjectStore';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { findBucket } from './buckets';

const MAXIMUM_KEYS = 1000;

export function objectOperations(options: {
  objects: ObjectStore;
}): ServiceOperations {
  const { objects } = options;

  async function find(bucket: string, key: string, code: string) {
    const object = await objects.get({ bucket, key });
    if (!object) {
      throw new AwsError({
        code,
        statusCode: 404,
        message: 'The specified key does not exist.',
        members: { Key: key },
      });
    }
    return object;
  }

  return {
    async PutObject(input, context) {
      const { name: bucket } = findBucket(context, input.Bucket);
      const body = Buffer.from(input.Body ?? '');
      const { etag } = await objects.put({ bucket, key: input.Key, body });
      return { ETag: `"${etag}"` };
    },

    async GetObject(input, context) {
      const { name } = findBucket(context, input.Bucket);
      const object = await find(name, input.Key, 'NoSuchKey');
      if (!input.Range) {
        return { ...describe(object), Body: object.body };
      }
      const range = /^bytes=(\d+)-(\d*)$/.exec(input.Range);
      const start = Number(range?.[1]);
      const end = Math.min(Number(range?.[2] || Infinity), object.size - 1);
      if (!range || start > end) {
        throw new AwsError({
          code: 'InvalidRange',
          statusCode: 416,
          message: 'The requested range is not satisfiable',
        });
      }
      return {
        ...describe(object),
        Body: object.body.subarray(start, end + 1),
        ContentLength: end + 1 - start,
        ContentRange: `bytes ${start}-${end}/${object.size}`,
      };
    },

    async HeadObject(input, context) {
      const { name } = findBucket(context, input.Bucket);
      return describe(await find(name, input.Key, 'NotFound'));
    },

    async DeleteObject(input, context) {
      const { name: bucket } = findBucket(context, input.Bucket);
      await objects.delete({ bucket, key: input.Key });
    },

    async ListObjectsV2(input, context) {
      const { name: bucket } = findBucket(context, input.Bucket);
      const { Prefix: prefix = '', Delimiter, ContinuationToken } = input;
      const maxKeys = Math.min(input.MaxKeys ?? MAXIMUM_KEYS, MAXIMUM_KEYS);
      const contents: ObjectSummary[] = [];
      const prefixes: string[] = [];
      let after = ContinuationToken
        ? Buffer.from(ContinuationToken, 'base64url').toString()
        : input.StartAfter;
      let isTruncated = true;
      while (isTruncated && contents.length + prefixes.length < maxKeys) {
        const page = await objects.list({
          bucket,
          prefix,
          startAfter: after,
          maxKeys: Delimiter ? 1 : maxKeys,
        });
        for (const object of page.objects) {
          after = object.key;
          const end = Delimiter
            ? object.key.indexOf(Delimiter, prefix.length)
            : -1;
          if (end < 0) {
            contents.push(object);
          } else {
            const common = object.key.slice(0, end + Delimiter.length);
            prefixes.push(common);
            // Goes on behind everything that the common prefix stands for.
            after = `${common}\u{10FFFF}`;
          }
        }
        isTruncated = page.isTruncated;
      }
      return {
        Name: bucket,
        Prefix: prefix,
        Delimiter,
        MaxKeys: maxKeys,
        KeyCount: contents.length + prefixes.length,
        Contents: contents.map(({ key, size, lastModified, etag }) => ({
          Key: key,
          Size: size,
          LastModified: lastModified,
          ETag: `"${etag}"`,
          StorageClass: 'STANDARD',
        })),
        CommonPrefixes: prefixes.map(Prefix => ({ Prefix })),
        IsTruncated: isTruncated,
        ContinuationToken,
        StartAfter: input.StartAfter,
        NextContinuationToken:
          isTruncated && after
            ? Buffer.from(after).toString('base64url')
            : undefined,
      };
    },
  };
}

function describe(object: ObjectSummary) {
  return {
    ETag: `"${object.etag}"`,
    LastModified: object.lastModified,
    ContentLength: object.size,
    ContentType: 'application/octet-stream',
    AcceptRanges: 'bytes',
  };
}
