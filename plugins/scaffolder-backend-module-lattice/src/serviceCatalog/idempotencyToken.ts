import { createHash } from 'node:crypto';

/**
 * A token that is the same whenever the same step of the same run asks for the same thing, so that AWS does it once
 * however often it is asked.
 *
 * @remarks
 * Letters and digits, 40 characters: within what `ProvisionToken` and `TerminateToken` take
 * (https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionProduct.html).
 */
export function idempotencyToken(...parts: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return hash.slice(0, 40);
}
