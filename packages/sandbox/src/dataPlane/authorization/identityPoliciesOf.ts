import type {
  IdentityPolicies,
  UnreadableLayer,
} from '@lattice-portal/auth-policy';
import type { Estate } from '../../estate/Estate';

const ALLOW_ALL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/**
 * The identity-based policies of a caller.
 *
 * @remarks
 * An account root has full access by default. A role that is gone allows nothing. A managed policy
 * that the estate does not hold (one of AWS's own) can't be read.
 */
export function identityPoliciesOf(options: {
  estate: Estate;
  principalArn: string;
  roleArn: string | undefined;
}): IdentityPolicies | UnreadableLayer {
  const { estate, principalArn, roleArn } = options;
  if (!roleArn) {
    return {
      policies: principalArn.endsWith(':root') ? [ALLOW_ALL] : [],
    };
  }
  const role = estate.roles.get(roleArn);
  const policies: unknown[] = Object.values(role?.inlinePolicies ?? {});
  for (const arn of role?.attachedPolicyArns ?? []) {
    const managed = estate.managedPolicies.get(arn);
    if (!managed) {
      return { unreadable: `The estate does not hold the policy ${arn}` };
    }
    policies.push(managed.document);
  }
  return { policies };
}
