import type { UpdateRequest } from './ResourceProvider';

/** Tags to put on a resource that is updated, and the keys of those to take off. */
export function tagChanges({
  tags,
  previousTags,
}: Pick<UpdateRequest, 'tags' | 'previousTags'>): {
  put: Record<string, string>;
  remove: string[];
} {
  return {
    put: Object.fromEntries(
      Object.entries(tags).filter(
        ([key, value]) => previousTags[key] !== value,
      ),
    ),
    remove: Object.keys(previousTags).filter(key => !Object.hasOwn(tags, key)),
  };
}
