import { Tags } from './Stack';

/** Tags of a resource; CloudFormation puts those of the stack on what it makes. */
export function resourceTags(
  stackTags: Tags,
  properties: Record<string, any>,
): Tags {
  const own = Array.isArray(properties.Tags)
    ? properties.Tags.map(({ Key, Value }) => [Key, Value])
    : Object.entries(properties.Tags ?? {});
  const ofStack = Object.entries(stackTags).filter(
    // Reserved tags can't be given through the services' own operations.
    ([key]) => !key.startsWith('aws:'),
  );
  return Object.fromEntries([...ofStack, ...own]);
}
