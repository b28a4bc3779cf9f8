import { RequestContext } from '../facts/RequestContext';
import { WHO_CALLS } from '../facts/principalLookups';
import { LayerResult } from '../types';

/**
 * Where AWS doesn't say that lacking an identity-based allow means a deny; and where who
 * calls is not known: anonymous callers have no such policies that could refuse them.
 */
export function openIdentityRule(options: {
  result: LayerResult;
  /** Whether the policies surely allow, but for a deny that is open. */
  isAllowSure: boolean;
  /** Whether network or service are known to enforce authorization. */
  isEnforced: boolean;
  context: RequestContext;
}): string | undefined {
  const { result, isAllowSure, isEnforced, context } = options;
  if (context.caller.kind === 'unknown') {
    return isAllowSure ? undefined : WHO_CALLS;
  }
  if (isAllowSure || result === 'explicitly-denied') {
    return undefined;
  }
  if (context.caller.kind === 'root') {
    return 'identity: open rule, whether the root user needs an identity-based allow for VPC Lattice is not documented';
  }
  return isEnforced
    ? undefined
    : 'identity: open rule, whether a signed call needs an identity-based allow if neither the service network nor the service enforces authorization';
}
