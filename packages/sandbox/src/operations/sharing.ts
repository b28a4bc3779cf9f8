import type { Estate } from '../estate/Estate';

/** Whether an account owns a resource, or has it through an active resource share. */
export function canSee(
  estate: Estate,
  resource: { arn: string; accountId: string },
  accountId: string,
): boolean {
  return (
    resource.accountId === accountId ||
    isSharedWith(estate, resource.arn, accountId)
  );
}

/** Whether an active resource share gives a resource to an account, by its id or its organization. */
export function isSharedWith(
  estate: Estate,
  resourceArn: string,
  accountId: string,
): boolean {
  return estate.resourceShares
    .filter(
      share =>
        share.status === 'ACTIVE' && share.resourceArns.includes(resourceArn),
    )
    .some(share =>
      share.principals.some(principal =>
        principalCovers(estate, principal, accountId),
      ),
    );
}

/** Whether a principal of a resource share is this account, or the organization it belongs to. */
export function principalCovers(
  estate: Estate,
  principal: string,
  accountId: string,
): boolean {
  const organization = estate.organization.get('organization');
  return (
    principal === accountId ||
    (organization !== undefined &&
      principal.endsWith(`:organization/${organization.id}`) &&
      estate.accounts.has(accountId))
  );
}
