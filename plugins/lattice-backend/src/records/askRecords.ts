import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { AccessLogStore } from '@lattice-portal/access-log-store';
import { requireRecords } from './requireRecords';

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
  const store = requireRecords(records);
  try {
    return await ask(store);
  } catch (error) {
    if (isError(error) && error.name === 'AccessLogStoreError') {
      throw new ServiceUnavailableError(error.message, error);
    }
    throw error;
  }
}
