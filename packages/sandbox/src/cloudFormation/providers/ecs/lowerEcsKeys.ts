/** Maps whose keys are the user's own words, to be left as they are. */
const MAPS = new Set(['DockerLabels', 'Options', 'DriverOpts', 'Labels']);

/**
 * CloudFormation's property names as those of the Amazon ECS API, at every depth:
 * `{ ContainerDefinitions: [{ Name: … }] }` into `{ containerDefinitions: [{ name: … }] }`.
 */
export function lowerEcsKeys(value: any): any {
  if (Array.isArray(value)) {
    return value.map(lowerEcsKeys);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key[0].toLowerCase() + key.slice(1),
      MAPS.has(key) ? item : lowerEcsKeys(item),
    ]),
  );
}

/** Tags as the Amazon ECS API takes them. */
export function ecsTags(tags: Record<string, string>) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
