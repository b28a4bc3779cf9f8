import { S3Client } from '@aws-sdk/client-s3';
import type { AwsClientOptions } from '../../aws/AwsAccess';

/** A client for S3 that finds a bucket in whatever Region it is. */
export class LogBucketClient extends S3Client {
  constructor(options: AwsClientOptions) {
    super({ ...options, followRegionRedirects: true });
  }
}
