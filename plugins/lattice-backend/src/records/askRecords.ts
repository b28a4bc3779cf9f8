import {
  isError,
  NotImplementedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { AccessLogStore } from '@lattice-portal/access-log-store';

/**
 * Asks the store of all records.
 *
 * @throws NotImplementedError if none is configured; ServiceUnavailableError if it can't answer. Both say
 * what to do
 */
export async function askRecords<T>(
  records: AccessLogStore | undefined,
  ask: (records: AccessLogStore) => Promise<T>,
): Promise<T> {
  if (!records) {
    throw new NotImplementedError(
      'This portal keeps no access log records word for word: lattice.accessLogs.store is not set',
    );
  }
  try {
    return await ask(records);
  } catch (error) {
    if (isError(error) && error.name === 'AccessLogStoreError') {
      throw new ServiceUnavailableError(error.message, error);
    }
    throw error;
  }
}
