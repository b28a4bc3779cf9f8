import { isError } from '@backstage/errors';

/** Of S3, of CloudWatch Logs and Amazon Data Firehose, and of accounts that are not configured any more. */
const names = ['NoSuchBucket', 'ResourceNotFoundException', 'NotFoundError'];

/** Whether reading a source failed because what was delivered to isn't there. */
export function isDestinationGone(error: unknown): boolean {
  return isError(error) && names.includes(error.name);
}
