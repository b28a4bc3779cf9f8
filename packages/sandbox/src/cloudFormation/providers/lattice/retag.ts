import type { UpdateRequest } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';

/** Brings the tags of a VPC Lattice resource to those of an update. */
export async function retag(
  request: UpdateRequest,
  resourceArn: string,
): Promise<void> {
  const { call } = request;
  const { put, remove } = tagChanges(request);
  if (remove.length > 0) {
    await call('vpc-lattice', 'UntagResource', {
      resourceArn,
      tagKeys: remove,
    });
  }
  if (Object.keys(put).length > 0) {
    await call('vpc-lattice', 'TagResource', { resourceArn, tags: put });
  }
}
