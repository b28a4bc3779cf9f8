import {
  type AnswerBasis,
  callerAccountId,
  callerName,
  type CallerKind,
  emptyOutcomeCounts,
  type MapCaller,
  type MapEdge,
  type MapService,
  type MapServiceNetwork,
  type MapVpc,
  type OutcomeCounts,
  outcomes,
  parseArn,
  type Service,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';

/** A service, whatever its calls. */
type Description = Omit<MapService, 'counts'>;

const descriptions = new WeakMap<EstateIndex, Map<string, Description>>();

/**
 * Folds the estate and the recorded calls to the map.
 *
 * @remarks
 * A service that was called but is not in the estate that could be read is on the map too, named by its
 * id: what the logs show is never left out.
 *
 * @param options - `allows`: whether the viewer may see a service
 */
export function toServiceMap(options: {
  index: EstateIndex;
  edges: MapEdge[];
  callerKinds: ReadonlyMap<string, CallerKind>;
  allows: (service: { arn: string; owner?: string }) => boolean;
}): Omit<ServiceMap, keyof AnswerBasis | 'completeness'> {
  const { index, callerKinds } = options;
  const services = toMapServices(options);
  const shown = new Set(services.map(service => service.arn));
  const edges = options.edges.filter(edge => shown.has(edge.serviceArn));
  return {
    vpcs: toMapVpcs(index),
    serviceNetworks: toMapServiceNetworks(index),
    services,
    callers: toMapCallers(edges, callerKinds),
    edges,
  };
}

/**
 * The services a viewer may see, each with its calls.
 */
export function toMapServices(options: {
  index: EstateIndex;
  edges: MapEdge[];
  allows: (service: { arn: string; owner?: string }) => boolean;
}): MapService[] {
  const { index, edges, allows } = options;
  const countsOf = new Map<string, OutcomeCounts>();
  for (const { serviceArn, counts } of edges) {
    const known = countsOf.get(serviceArn);
    if (known) {
      addCounts(known, counts);
    } else {
      countsOf.set(serviceArn, { ...counts });
    }
  }
  const arns = new Set([...index.services.keys(), ...countsOf.keys()]);
  return [...arns]
    .map(arn => ({ arn, owner: index.ownerOfResource(arn) }))
    .filter(service => allows(service))
    .map(service => ({
      ...describe(index, service),
      counts: countsOf.get(service.arn) ?? emptyOutcomeCounts(),
    }));
}

/**
 * The networks of the estate.
 */
export function toMapServiceNetworks(index: EstateIndex): MapServiceNetwork[] {
  return [...index.serviceNetworks.values()].map(network => ({
    arn: network.arn,
    id: network.id,
    name: network.name,
    accountId: network.accountId,
    authType: network.authType,
    owner: index.ownerOfResource(network.arn),
    entityRef: index.entityRefOf(network.arn),
  }));
}

/**
 * Everyone who calls in one of the edges.
 */
export function toMapCallers(
  edges: MapEdge[],
  kinds: ReadonlyMap<string, CallerKind>,
): MapCaller[] {
  const vpcs = new Map<string, Set<string>>();
  for (const { callerId, sourceVpcId } of edges) {
    const ofCaller = vpcs.get(callerId) ?? new Set();
    if (sourceVpcId) {
      ofCaller.add(sourceVpcId);
    }
    vpcs.set(callerId, ofCaller);
  }
  return [...vpcs].map(([id, vpcIds]) => ({
    id,
    kind: kinds.get(id) ?? 'unknown',
    name: callerName(id),
    accountId: callerAccountId(id),
    vpcIds: [...vpcIds],
  }));
}

function addCounts(into: OutcomeCounts, counts: OutcomeCounts): void {
  for (const outcome of outcomes) {
    into[outcome] += counts[outcome];
  }
}

/** What an index says of a service, told once: it does not change, and there are hundreds. */
function describe(
  index: EstateIndex,
  service: { arn: string; owner?: string },
): Description {
  let known = descriptions.get(index);
  if (!known) {
    known = new Map();
    descriptions.set(index, known);
  }
  let description = known.get(service.arn);
  if (!description) {
    description = toDescription(index, service);
    known.set(service.arn, description);
  }
  return description;
}

function toDescription(
  index: EstateIndex,
  { arn, owner }: { arn: string; owner?: string },
): Description {
  const service: Service | undefined = index.services.get(arn);
  const parts = parseArn(arn);
  const id = service?.id ?? parts?.resource.split('/')[1] ?? arn;
  return {
    arn,
    id,
    name: service?.name ?? id,
    accountId: service?.accountId ?? parts?.accountId ?? '',
    region: service?.region ?? parts?.region ?? '',
    owner,
    entityRef: index.entityRefOf(arn) ?? `resource:default/${id}`,
    authType: service?.authType,
    serviceNetworkArns: index.networksOfService(arn),
    targetTypes: service ? targetTypesOf(index, service) : [],
  };
}

function targetTypesOf(index: EstateIndex, service: Service): string[] {
  const types = service.listeners
    .flatMap(listener => listener.rules)
    .flatMap(rule => rule.targetGroups)
    .map(({ targetGroupArn }) => index.targetGroups.get(targetGroupArn)?.type);
  return [...new Set(types.filter(type => type !== undefined))];
}

function toMapVpcs(index: EstateIndex): MapVpc[] {
  return [...index.vpcs.values()].map(({ id, accountId, name }) => ({
    id,
    accountId,
    name,
    serviceNetworkArn: index.networkOfVpc(id),
  }));
}
