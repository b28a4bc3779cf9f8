import { AuthPolicyAttachment, UnreadableLayer } from '../types';

/** Whether a network or service is known to enforce authorization. */
export function isEnforced(
  layer: AuthPolicyAttachment | UnreadableLayer,
): boolean {
  return 'authType' in layer && layer.authType === 'AWS_IAM';
}
