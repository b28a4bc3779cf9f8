import { randomBytes } from 'node:crypto';

/**
 * How the portal tells its own statements from those of others.
 */
export const SID_PREFIX = 'LatticePortal';

/**
 * A new request id: letters and digits only, as a `Sid` takes no others.
 */
export function newRequestId(): string {
  return randomBytes(6).toString('hex');
}

/**
 * Sid of the statements a request adds.
 */
export function sidOf(requestId: string): string {
  return `${SID_PREFIX}${requestId}`;
}
