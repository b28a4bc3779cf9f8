import type { OperationContext } from '../../operations/OperationHandler';
import { trusts } from '../../operations/lambda/trusts';
import { LaunchPath, ruleOf } from '../CatalogStore';
import { invalidParameters } from './errors';

/**
 * The role a product is launched with; `undefined` without a launch constraint: the caller's own
 * permissions count then. A role given by name is looked for in the launching account.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html}
 *
 * @throws AwsError when the role is not there or does not trust Service Catalog; AWS does not say
 * which of the two.
 */
export function launchRole(
  path: LaunchPath,
  { estate, accountId }: OperationContext,
): string | undefined {
  const rule = ruleOf(path, 'LAUNCH');
  if (!rule) {
    return undefined;
  }
  const roleArn =
    rule.roleArn ?? `arn:aws:iam::${accountId}:role/${rule.localRoleName}`;
  const role = estate.roles.get(roleArn);
  if (!role || !trusts(role.trustPolicy, 'servicecatalog.amazonaws.com')) {
    throw invalidParameters(`Access denied while assuming the role ${roleArn}`);
  }
  return roleArn;
}
