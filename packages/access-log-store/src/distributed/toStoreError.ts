import { AccessLogStoreError } from '../AccessLogStoreError';

/** What is asked, to say where it went wrong. */
export interface AwsPlace {
  /** Such as `s3:PutObject on my-bucket`. */
  what: string;
}

/**
 * What to throw for an error of AWS, with what to do.
 *
 * @remarks
 * Errors that are none of AWS's, such as the reason of a signal, stay as they are.
 */
export function toStoreError(error: unknown, { what }: AwsPlace): unknown {
  const {
    name = '',
    message = '',
    $metadata,
  } = error as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (!$metadata) {
    return error;
  }
  if ($metadata.httpStatusCode === 403 || /AccessDenied/.test(name)) {
    return new AccessLogStoreError(
      'no-access',
      `AWS refuses ${what}: ${message}. Allow it to the portal's role; templates/service-network/accounts/access-log-store.yaml has the policy.`,
      error,
    );
  }
  if (name === 'NoSuchBucket' || /workgroup .*not found/i.test(message)) {
    return new AccessLogStoreError(
      'table-missing',
      `${what} failed: ${message} Create the stack of templates/service-network/accounts/access-log-store.yaml, and set lattice.accessLogs.store to its outputs.`,
      error,
    );
  }
  return new AccessLogStoreError(
    /Throttl|TooManyRequests|SlowDown/.test(name) ? 'limit-exceeded' : 'failed',
    `${what} failed: ${name}: ${message}`,
    error,
  );
}

/** What to throw for a query that Athena ended, by the words in which it says why. */
export function queryError(options: {
  state: string;
  reason: string;
  queryId: string;
  workGroup: string;
  database: string;
}): AccessLogStoreError {
  const { state, reason, queryId, workGroup, database } = options;
  const said = `Athena says of query ${queryId}: ${reason}`;
  if (/bytes scanned limit/i.test(reason)) {
    return new AccessLogStoreError(
      'limit-exceeded',
      `The question reads more than the workgroup ${workGroup} allows for one query. Ask for a shorter time, or raise the workgroup's BytesScannedCutoffPerQuery (the stack's parameter MaximumScannedBytes). ${said}`,
    );
  }
  if (
    /exhausted resources|out of memory|exceeded.*(memory|limit)/i.test(reason)
  ) {
    return new AccessLogStoreError(
      'limit-exceeded',
      `The question takes more than Athena gives one query. Ask for a shorter time or fewer services. ${said}`,
    );
  }
  if (
    /TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|COLUMN_NOT_FOUND|(Table|Schema|Database) .*(does not exist|not found)/i.test(
      reason,
    )
  ) {
    return new AccessLogStoreError(
      'table-missing',
      `The database ${database} lacks a table or column of the store. Create or update the stack of templates/service-network/accounts/access-log-store.yaml, and set lattice.accessLogs.store.database to its output. ${said}`,
    );
  }
  if (
    /access ?denied|permission.denied|not authorized|insufficient/i.test(reason)
  ) {
    return new AccessLogStoreError(
      'no-access',
      `The portal's role lacks a permission on the store's bucket, its results or its tables. templates/service-network/accounts/access-log-store.yaml has the policy. ${said}`,
    );
  }
  return new AccessLogStoreError(
    'failed',
    `Athena could not answer (${state.toLowerCase()}). ${said}`,
  );
}
