import { ConflictError, stringifyError } from '@backstage/errors';
import {
  type AuthPolicyStore,
  samePolicy,
} from '@lattice-portal/plugin-lattice-node';
import { missingFrom } from './mergeStanding';
import type { PolicyPlan } from './planPolicy';

type Policies = Pick<AuthPolicyStore, 'get'>;

/**
 * Looks once more, right before a change is started.
 *
 * @throws ConflictError when the policy was changed since the change was planned
 */
export async function checkStillStands(options: {
  policies: Policies;
  plan: PolicyPlan;
}): Promise<void> {
  const { policies, plan } = options;
  const { resourceArn, standing, document } = plan;
  if (document === undefined) {
    // CloudFormation won't touch it.
    return;
  }
  const now = (await policies.get({ resourceArn })).document;
  // A run that was restarted may find its own change.
  if (!samePolicy(now, standing) && !samePolicy(now, document)) {
    throw new ConflictError(
      `The auth policy of ${resourceArn} was changed while the change was planned. Nothing was changed. Run the template again.`,
    );
  }
}

/**
 * What is missing of a policy after a change, in a sentence; empty: nothing. Should not be: it takes somebody who writes
 * the policy in the seconds in which CloudFormation does, or a stack of an old version of the product.
 */
export async function describeLosses(options: {
  policies: Policies;
  plan: PolicyPlan;
  succeeded: boolean;
}): Promise<string> {
  const { policies, plan, succeeded } = options;
  const { resourceArn, standing, document } = plan;
  try {
    const now = (await policies.get({ resourceArn })).document;
    const wanted = succeeded ? document ?? standing : standing;
    const missing = missingFrom(now, wanted);
    return missing.length > 0
      ? `The auth policy of ${resourceArn} lacks ${missing.join(
          ', ',
        )} now: put that back from its history in the portal.`
      : '';
  } catch (error) {
    return `Whether the auth policy of ${resourceArn} has all it should can't be read: ${stringifyError(
      error,
    )}`;
  }
}
