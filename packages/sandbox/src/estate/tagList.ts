import type { Tags } from './resources';

/** Tags as most AWS operations take and give them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as key to value, from what most AWS operations take; without a value it is empty. */
export function tagsFrom(list: { Key: string; Value?: string }[] = []): Tags {
  return Object.fromEntries(list.map(({ Key, Value = '' }) => [Key, Value]));
}
