import type { Estate } from '../../estate/Estate';
import type { OtherResource } from '../../estate/resources';

/** Where a resource is kept, and what it is. */
export interface KeptKey {
  accountId: string;
  region: string;
  type: string;
  scope?: string;
  physicalId: string;
}

function keyOf(key: KeptKey): string {
  const { accountId, region, type, scope, physicalId } = key;
  const place = `${accountId}/${region}/${type}`;
  return scope === undefined
    ? `${place}/${physicalId}`
    : `${place}/${scope}/${physicalId}`;
}

/** Keeps a resource that nothing in the sandbox acts on; replaces the one with the same id. */
export function keep(estate: Estate, resource: OtherResource): void {
  estate.otherResources.put(keyOf(resource), resource);
}

/** The kept resource; `undefined` when there is none. */
export function findKept(
  estate: Estate,
  key: KeptKey,
): OtherResource | undefined {
  return estate.otherResources.get(keyOf(key));
}

/** All kept resources of a type in an account and Region. */
export function keptOf(
  estate: Estate,
  { accountId, region, type }: Omit<KeptKey, 'scope' | 'physicalId'>,
): OtherResource[] {
  return estate.otherResources.filter(
    resource =>
      resource.accountId === accountId &&
      resource.region === region &&
      resource.type === type,
  );
}

/** Forgets a resource; `false` when there was none. */
export function forget(estate: Estate, key: KeptKey): boolean {
  return estate.otherResources.delete(keyOf(key));
}
