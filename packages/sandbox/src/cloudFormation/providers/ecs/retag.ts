import type { UpdateRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';
import { ecsTags } from './lowerEcsKeys';

/** Brings the tags of an Amazon ECS resource to those of an update. */
export async function retag(
  request: UpdateRequest,
  resourceArn: string,
): Promise<void> {
  const { call } = request;
  const { put, remove } = tagChanges(request);
  if (remove.length > 0) {
    await call('ecs', 'UntagResource', { resourceArn, tagKeys: remove });
  }
  if (Object.keys(put).length > 0) {
    await call('ecs', 'TagResource', { resourceArn, tags: ecsTags(put) });
  }
}
