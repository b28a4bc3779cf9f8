import type { UpdateRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';
import { tagList } from '../../../estate/tagList';

/** Tags as Elastic Load Balancing takes them; it refuses an empty list. */
export function elbTags(tags: Record<string, string>) {
  const list = tagList(tags);
  return list.length > 0 ? list : undefined;
}

/** Brings the tags of a load balancer's part to those of an update. */
export async function retag(request: UpdateRequest): Promise<void> {
  const { physicalId, call } = request;
  const { put, remove } = tagChanges(request);
  const ResourceArns = [physicalId];
  if (remove.length > 0) {
    await call('elasticloadbalancing', 'RemoveTags', {
      ResourceArns,
      TagKeys: remove,
    });
  }
  if (Object.keys(put).length > 0) {
    await call('elasticloadbalancing', 'AddTags', {
      ResourceArns,
      Tags: elbTags(put),
    });
  }
}
