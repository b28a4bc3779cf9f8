import { InputError } from '@backstage/errors';
import { type Sql, wholeNumber } from '../sql/Sql';

const MAX_ROWS = 10_000;

/**
 * A number of rows as SQL.
 *
 * @throws InputError if it is none, or too large
 */
export function limitOf(
  limit: number | undefined,
  { standard, max = MAX_ROWS }: { standard: number; max?: number },
): Sql {
  const rows = limit ?? standard;
  if (!Number.isInteger(rows) || rows < 1 || rows > max) {
    throw new InputError(`limit has to be a whole number from 1 to ${max}`);
  }
  return wholeNumber(rows);
}
