/**
 * Turns CloudFormation's property names into those of the VPC Lattice API, at every depth:
 * `{ Forward: { TargetGroups: […] } }` into `{ forward: { targetGroups: […] } }`.
 */
export function lowerKeys(value: any): any {
  if (Array.isArray(value)) {
    return value.map(lowerKeys);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key[0].toLowerCase() + key.slice(1),
      lowerKeys(item),
    ]),
  );
}
