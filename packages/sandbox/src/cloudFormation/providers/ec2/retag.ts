import type { UpdateRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';
import { tagList } from '../../../estate/tagList';

/** Brings the tags of an EC2 resource to those of an update. */
export async function retag(request: UpdateRequest): Promise<void> {
  const { physicalId, call } = request;
  const { put, remove } = tagChanges(request);
  const Resources = [physicalId];
  if (remove.length > 0) {
    await call('ec2', 'DeleteTags', {
      Resources,
      Tags: remove.map(Key => ({ Key })),
    });
  }
  if (Object.keys(put).length > 0) {
    await call('ec2', 'CreateTags', {
      Resources,
      Tags: tagList(put),
    });
  }
}

/** Tags of something new, as the EC2 API takes them. */
export function tagSpecifications(
  resourceType: string,
  tags: Record<string, string>,
) {
  return [
    {
      ResourceType: resourceType,
      Tags: tagList(tags),
    },
  ];
}
