import { InputError } from '@backstage/errors';
import type { PlannedProduct } from '../serviceCatalog/planProduct';
import { mergedPolicyIn } from './mergedParameters';
import type { PolicyPlan } from './planPolicy';

const OWNERS = ['AWS::VpcLattice::Service', 'AWS::VpcLattice::ServiceNetwork'];

/**
 * What others added to a policy is about the service or network as it is, and names it: it can't move to a new one.
 *
 * @throws InputError when a change would make a new service or network in its place
 */
export function checkReplacement(options: {
  plan: PlannedProduct;
  policy: PolicyPlan | undefined;
}): void {
  const { plan, policy } = options;
  if (plan.status !== 'planned' || !policy) {
    return;
  }
  const isReplaced = plan.changes.some(
    ({ resourceType, action, replacement }) =>
      OWNERS.includes(resourceType) &&
      action === 'MODIFY' &&
      replacement !== undefined &&
      replacement !== 'FALSE',
  );
  if (isReplaced && (policy.kept.length > 0 || mergedPolicyIn(policy.values))) {
    throw new InputError(
      `The change would make a new one in place of ${
        policy.resourceArn
      }, and the statements that others added to its auth policy would be lost${
        policy.kept.length > 0 ? `: ${policy.kept.join(', ')}` : ''
      }. Nothing was changed. Keep its name and host name, or retire it and make a new one under another name.`,
    );
  }
}
