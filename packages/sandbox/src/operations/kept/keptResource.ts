import type { OtherResource } from '../../estate/resources';
import type { OperationContext } from '../OperationHandler';

type Kept = Pick<
  OtherResource,
  'type' | 'physicalId' | 'properties' | 'attributes'
>;

function keyOf(
  { type, physicalId }: Pick<Kept, 'type' | 'physicalId'>,
  { accountId, region }: OperationContext,
): string {
  return `${accountId}/${region}/${type}/${physicalId}`;
}

/** Keeps a resource that nothing in the sandbox acts on; replaces the one with the same id. */
export function keep(resource: Kept, context: OperationContext): void {
  const { estate, accountId, region } = context;
  estate.otherResources.put(keyOf(resource, context), {
    ...resource,
    accountId,
    region,
  });
}

/** Whether the caller's account keeps such a resource. */
export function isKept(
  resource: Pick<Kept, 'type' | 'physicalId'>,
  context: OperationContext,
): boolean {
  return context.estate.otherResources.has(keyOf(resource, context));
}

/** Forgets a resource; `false` when there was none. */
export function forget(
  resource: Pick<Kept, 'type' | 'physicalId'>,
  context: OperationContext,
): boolean {
  return context.estate.otherResources.delete(keyOf(resource, context));
}
