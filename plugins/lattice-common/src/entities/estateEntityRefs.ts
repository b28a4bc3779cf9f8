import type { AccountEstate, EstateResource } from '../estate/types';

const NAMESPACE = 'default';
// https://backstage.io/docs/features/software-catalog/descriptor-format#name-required
const LONGEST_NAME = 63;

/**
 * The parts of an estate that become catalog entities.
 *
 * @public
 */
export type EntityEstate = Pick<
  AccountEstate,
  'services' | 'serviceNetworks' | 'targetGroups'
>;

/**
 * Catalog names of everything in the estate that becomes an entity, by ARN.
 *
 * @remarks
 * The name is the resource's own. Services come first: a network or target group of the same name as
 * something before it gets `-network` or `-targets` appended. Where resources of the same type share
 * a name, each gets its account appended, and its region if the account holds both.
 *
 * @public
 */
export function estateEntityNames(
  estates: Iterable<EntityEstate>,
): Map<string, string> {
  const all = [...estates];
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const passes: [EstateResource[], string][] = [
    [all.flatMap(estate => estate.services), '-service'],
    [all.flatMap(estate => estate.serviceNetworks), '-network'],
    [all.flatMap(estate => estate.targetGroups), '-targets'],
  ];
  for (const [resources, typeSuffix] of passes) {
    for (const [arn, name] of namesWithinType(resources)) {
      let unique = taken.has(name) ? entityName(name, typeSuffix) : name;
      for (let count = 2; taken.has(unique); count++) {
        unique = entityName(name, `${typeSuffix}-${count}`);
      }
      taken.add(unique);
      names.set(arn, unique);
    }
  }
  return names;
}

/**
 * Entity references (`resource:default/…`) of the estate's resources, by ARN.
 *
 * @public
 */
export function estateEntityRefs(
  estates: Iterable<EntityEstate>,
): Map<string, string> {
  return new Map(
    [...estateEntityNames(estates)].map(([arn, name]) => [
      arn,
      entityRefOfName(name),
    ]),
  );
}

/**
 * Entity reference of a service, given the whole estate it lives in.
 *
 * @remarks
 * For many services take {@link estateEntityRefs} once.
 *
 * @public
 */
export function serviceEntityRef(options: {
  service: Pick<EstateResource, 'arn' | 'name'>;
  estates: Iterable<EntityEstate>;
}): string {
  return (
    estateEntityRefs(options.estates).get(options.service.arn) ??
    entityRefOfName(entityName(options.service.name))
  );
}

function entityRefOfName(name: string): string {
  return `resource:${NAMESPACE}/${name}`.toLocaleLowerCase('en-US');
}

function namesWithinType(resources: EstateResource[]): Map<string, string> {
  // A shared resource shows in the estates of several accounts. Sorted, so that names don't depend on
  // the order in which accounts were read.
  const unique = new Map(resources.map(resource => [resource.arn, resource]));
  const sorted = [...unique.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const suffixes: ((resource: EstateResource) => string)[] = [
    () => '',
    resource => `-${resource.accountId}`,
    resource => `-${resource.accountId}-${resource.region}`,
  ];
  const counts = suffixes.map(suffix => {
    const count = new Map<string, number>();
    for (const resource of sorted) {
      const name = entityName(resource.name, suffix(resource));
      count.set(name, (count.get(name) ?? 0) + 1);
    }
    return count;
  });
  const names = new Map<string, string>();
  for (const resource of sorted) {
    const candidates = suffixes.map(suffix =>
      entityName(resource.name, suffix(resource)),
    );
    names.set(
      resource.arn,
      candidates.find((name, index) => counts[index].get(name) === 1) ??
        candidates[candidates.length - 1],
    );
  }
  return names;
}

function entityName(name: string, suffix: string = ''): string {
  const clean = name
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, LONGEST_NAME - suffix.length)
    .replace(/[^a-z0-9]+$/, '');
  return `${clean || 'unnamed'}${suffix}`;
}
