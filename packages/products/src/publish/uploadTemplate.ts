import {
  CreateBucketCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { Product } from '../descriptor/Product';
import { PublishContext } from './PublishContext';
import { templateHash } from './templateHash';

/**
 * Puts a template where Service Catalog can read it: under a key that holds its hash, so that what was
 * published never changes.
 *
 * @returns its URL
 */
export async function uploadTemplate(
  { clients, settings }: PublishContext,
  { name, templateBody }: Product,
): Promise<string> {
  const { s3, accountId, region } = clients;
  const Bucket =
    settings.templateBucket ?? `lattice-portal-products-${accountId}-${region}`;
  const Key = `${name}/${templateHash(templateBody)}.yaml`;
  if (!(await isThere(() => s3.send(new HeadBucketCommand({ Bucket }))))) {
    // Private and encrypted, as new buckets are by themselves.
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration:
          region === 'us-east-1'
            ? undefined
            : { LocationConstraint: region as never },
      }),
    );
  }
  if (!(await isThere(() => s3.send(new HeadObjectCommand({ Bucket, Key }))))) {
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: templateBody,
        ContentType: 'application/yaml',
      }),
    );
  }
  const suffix = region.startsWith('cn-') ? '.cn' : '';
  return `https://${Bucket}.s3.${region}.amazonaws.com${suffix}/${Key}`;
}

async function isThere(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (['NotFound', 'NoSuchBucket'].includes((error as Error).name)) {
      return false;
    }
    throw error;
  }
}
