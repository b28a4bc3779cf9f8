import { isError } from '@backstage/errors';

/** Refusals by what has nothing to do with an object: credentials, signature, clock, bucket, and how often S3 is asked. */
const ofSource =
  /Token|AccessKey|Signature|Authorization|Expired|TimeTooSkewed|Bucket|Account|NotSignedUp|AllAccessDisabled|Throttl|SlowDown|TooMany|LimitExceeded|RequestTimeout/;
const TOO_MANY_REQUESTS = 429;

/**
 * Whether S3 refused to give an object for a reason that may well be the object's own, such as a key of
 * AWS KMS that may not be used, or a storage class that has to be restored from.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function isRefusalOfObject(error: unknown): error is Error {
  const status = statusOf(error);
  return (
    isError(error) &&
    status >= 400 &&
    status < 500 &&
    status !== TOO_MANY_REQUESTS &&
    !ofSource.test(error.name)
  );
}

/** Of the HTTP answer, as the AWS SDK tells it. 0: there was none. */
function statusOf(error: unknown): number {
  const { $metadata } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
  };
  return $metadata?.httpStatusCode ?? 0;
}
