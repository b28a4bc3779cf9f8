import { NotImplementedError } from '@backstage/errors';

/** Why nothing is told that hangs on single records, where none are kept. */
export const NO_RECORDS =
  'This portal keeps no access log records word for word: lattice.accessLogs.store is not set';

/**
 * The store of all records, for what can't do without.
 *
 * @throws NotImplementedError if none is configured
 */
export function requireRecords<T>(records: T | undefined): T {
  if (!records) {
    throw new NotImplementedError(NO_RECORDS);
  }
  return records;
}
