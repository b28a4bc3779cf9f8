/**
 * How one call ended, for the purpose of access control.
 *
 * @remarks
 * Classified by `authDeniedReason`, `failureReason` and target, never by the response code alone.
 *
 * @public
 */
export const outcomes = [
  'allowed',
  'denied-by-network',
  'denied-by-service',
  'denied-by-identity',
  'target-refused',
  'failed',
] as const;

/**
 * One of the {@link outcomes}.
 *
 * @public
 */
export type Outcome = (typeof outcomes)[number];

/**
 * Whether the caller signed its request: `unknown` where the record does not say.
 *
 * @public
 */
export type CallerKind = 'signed' | 'anonymous' | 'unknown';

/**
 * Whether VPC Lattice itself refused the call.
 *
 * @public
 */
export function isDenied(outcome: Outcome): boolean {
  return outcome.startsWith('denied-by-');
}
