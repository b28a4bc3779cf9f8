import type { AuthType } from '@lattice-portal/auth-policy';

/** An auth type in words; absent is unknown, not none. */
export function describeAuthType(authType: AuthType | undefined): string {
  switch (authType) {
    case 'AWS_IAM':
      return 'AWS_IAM';
    case 'NONE':
      return 'NONE: every call is let through';
    default:
      return 'unknown: not readable';
  }
}
