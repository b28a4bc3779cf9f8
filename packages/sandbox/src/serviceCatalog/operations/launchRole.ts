import type { OperationContext } from '../../operations/OperationHandler';
import { trusts } from '../../operations/lambda/trusts';
import { LaunchPath } from '../CatalogStore';
import { invalidParameters } from './errors';

/**
 * The role a product is launched with; `undefined` without a launch constraint: the caller's own
 * permissions count then. A role given by name is looked for in the launching account.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html}
 *
 * @throws AwsError when the role is not there or does not trust Service Catalog.
 */
export function launchRole(
  { constraint }: LaunchPath,
  { estate, accountId }: OperationContext,
): string | undefined {
  if (!constraint) {
    return undefined;
  }
  const roleArn =
    constraint.roleArn ??
    `arn:aws:iam::${accountId}:role/${constraint.localRoleName}`;
  const role = estate.roles.get(roleArn);
  if (!role || !trusts(role.trustPolicy, 'servicecatalog.amazonaws.com')) {
    throw invalidParameters(
      `Service Catalog cannot assume the launch role ${roleArn}: ${
        role
          ? 'its trust policy does not name servicecatalog.amazonaws.com'
          : 'there is no such role'
      }`,
    );
  }
  return roleArn;
}
