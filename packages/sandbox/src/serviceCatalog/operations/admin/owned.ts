import { paginate } from '../../../cloudFormation/operations/paginate';
import type { Collection } from '../../../estate/Collection';
import type { OperationContext } from '../../../operations/OperationHandler';
import { invalidParameters, notFound } from '../errors';
import { tagsFrom } from '../../../estate/tagList';

interface Owned {
  accountId: string;
  region: string;
}

/** Whether something belongs to the account, in the region of the call. */
export function isOwn(
  { accountId, region }: Owned,
  context: OperationContext,
): boolean {
  return accountId === context.accountId && region === context.region;
}

/**
 * What the account has under an id.
 *
 * @throws AwsError `ResourceNotFoundException`, also for what another account has.
 */
export function findOwn<T extends Owned>(
  collection: Collection<T>,
  id: string,
  context: OperationContext,
  kind: string,
): T {
  const found = collection.get(id);
  if (!found || !isOwn(found, context)) {
    throw notFound(`${kind} ${id} not found.`);
  }
  return found;
}

/** What the account made with an idempotency token before, if anything. */
export function madeWith<T extends Owned & { token?: string }>(
  collection: Collection<T>,
  token: string | undefined,
  context: OperationContext,
): T | undefined {
  return token === undefined
    ? undefined
    : collection.find(item => item.token === token && isOwn(item, context));
}

/** A page of a list in the form of most operations: `PageSize`, `PageToken`, `NextPageToken`. */
export function pageOf<T>(
  items: T[],
  input: { PageSize?: number; PageToken?: string },
): { page: T[]; NextPageToken?: string } {
  const { page, nextToken } = paginate(items, {
    token: input.PageToken,
    pageSize: input.PageSize ?? 20,
    fail: () => invalidParameters('Invalid page token'),
  });
  return { page, NextPageToken: nextToken };
}

/** Tags after an update with `AddTags` and `RemoveTags`. */
export function changedTags(
  tags: Record<string, string>,
  input: { AddTags?: { Key: string; Value: string }[]; RemoveTags?: string[] },
): Record<string, string> {
  const kept = Object.entries(tags).filter(
    ([key]) => !input.RemoveTags?.includes(key),
  );
  return { ...Object.fromEntries(kept), ...tagsFrom(input.AddTags) };
}
