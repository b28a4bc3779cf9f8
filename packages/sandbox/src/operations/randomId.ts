import { randomBytes } from 'crypto';

/** An id as AWS writes them: `prefix-0` and 16 hex digits. */
export function randomId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`;
}
