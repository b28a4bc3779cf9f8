import type { Pod } from '../../estate/clusterResources';
import type { EksCluster } from '../../estate/containerResources';
import type { ClusterObjects, TypedObject } from '../manifests/ClusterObjects';
import { objectKey } from '../manifests/objectKey';
import { endpointsOf } from '../workloads/runPods';
import { buildRules, checkBackends, UnsupportedRoute } from './buildRules';
import { buildTargetGroup } from './buildTargetGroup';
import { additionalTags, tagKeys } from './controllerTags';
import { findTargetGroupPolicy } from './findTargetGroupPolicy';
import { type Gateway, matchListeners } from './matchListeners';
import type {
  Backend,
  ListenerModel,
  ServiceModel,
  TargetGroupModel,
  Verdict,
} from './Model';

const ANNOTATION = 'application-networking.k8s.aws/';

/** Kinds of routes, with the value of the tag that tells them apart. */
export const ROUTE_TYPES = {
  'gateway.networking.k8s.io/v1/HTTPRoute': 'http',
  'gateway.networking.k8s.io/v1/GRPCRoute': 'grpc',
  'gateway.networking.k8s.io/v1/TLSRoute': 'tls',
} as const;

export type RouteKind = keyof typeof ROUTE_TYPES;
export type Route = TypedObject<RouteKind>;
type BackendRef = Route['spec']['rules'][number]['backendRefs'][number];

/** What a route asks for, or why it is not done. */
export interface BuiltService {
  verdicts: Verdict[];
  service?: ServiceModel;
  targetGroups: TargetGroupModel[];
}

/** The VPC Lattice service of a route. */
export function buildService(options: {
  cluster: EksCluster;
  objects: ClusterObjects;
  pods: Pod[];
  /** Those of the controller's class. */
  gateways: Gateway[];
  kind: RouteKind;
  route: Route;
}): BuiltService {
  const { objects, gateways, route } = options;
  const parents = route.spec.parentRefs.flatMap(parentRef => {
    const gateway = gateways.find(
      ({ name, namespace }) =>
        name === parentRef.name &&
        namespace === (parentRef.namespace ?? route.namespace),
    );
    return gateway
      ? [{ gateway, ...matchListeners({ gateway, route, parentRef }) }]
      : [];
  });
  if (parents.length === 0) {
    return refusal(
      'NoMatchingParent',
      'No Gateway of the class amazon-vpc-lattice is named by parentRefs',
    );
  }
  const refused = parents.find(({ verdict }) => !verdict.isTrue);
  if (refused) {
    return { verdicts: [refused.verdict], targetGroups: [] };
  }
  const accepted = parents[0].verdict;
  const resolved = resolvedRefs(objects, route);
  if (!resolved.isTrue) {
    return { verdicts: [accepted, resolved], targetGroups: [] };
  }
  try {
    const { service, targetGroups } = build({ ...options, parents });
    return { verdicts: [accepted, resolved], service, targetGroups };
  } catch (error) {
    if (!(error instanceof UnsupportedRoute)) {
      throw error;
    }
    const { verdicts } = refusal('UnsupportedValue', error.message);
    return { verdicts: [...verdicts, resolved], targetGroups: [] };
  }
}

function refusal(reason: string, message: string): BuiltService {
  return {
    verdicts: [{ type: 'Accepted', isTrue: false, reason, message }],
    targetGroups: [],
  };
}

/** Nothing is made for a route whose backends are not there: that is how a typing error shows. */
function resolvedRefs(objects: ClusterObjects, route: Route): Verdict {
  for (const { kind, name, namespace } of allBackends(route)) {
    const place = { name, namespace: namespace ?? route.namespace };
    const verdict = (reason: string, message: string): Verdict => ({
      type: 'ResolvedRefs',
      isTrue: false,
      reason,
      message,
    });
    if (!['Service', 'ServiceImport'].includes(kind)) {
      return verdict('InvalidKind', kind);
    }
    const found =
      kind === 'Service'
        ? objects.find('v1/Service', place)
        : objects.find(
            'application-networking.k8s.aws/v1alpha1/ServiceImport',
            place,
          );
    if (!found) {
      return verdict('BackendNotFound', `backendRef name: ${name}`);
    }
  }
  return {
    type: 'ResolvedRefs',
    isTrue: true,
    reason: 'ResolvedRefs',
    message: '',
  };
}

function allBackends(route: Route): BackendRef[] {
  const rules: { backendRefs: BackendRef[] }[] = route.spec.rules;
  return rules.flatMap(({ backendRefs }) => backendRefs);
}

/** @throws UnsupportedRoute */
function build(
  options: Parameters<typeof buildService>[0] & {
    parents: (ReturnType<typeof matchListeners> & { gateway: Gateway })[];
  },
): { service: ServiceModel; targetGroups: TargetGroupModel[] } {
  const { cluster, kind, route, parents } = options;
  const { name, namespace, annotations } = route;
  const routeKey = objectKey(cluster.arn, route.object.manifest);
  const targetGroups = new Map<string, TargetGroupModel>();
  const backendsOf = ({ backendRefs }: { backendRefs: BackendRef[] }) =>
    backendRefs.map(reference => {
      const { backend, targetGroup } = toBackend(options, reference, routeKey);
      if (targetGroup) {
        targetGroups.set(targetGroup.key, targetGroup);
      }
      return backend;
    });
  const isTls = kind === 'gateway.networking.k8s.io/v1/TLSRoute';
  const [customDomainName] = route.spec.hostnames;
  if (isTls && !customDomainName) {
    throw new UnsupportedRoute(
      'a TLSRoute needs a hostname, which becomes the custom domain name',
    );
  }
  if (isTls && route.spec.rules.length !== 1) {
    throw new UnsupportedRoute('a TLSRoute has exactly one rule');
  }
  const listeners = buildListeners({
    route,
    parents,
    backends: isTls
      ? checkBackends(backendsOf(route.spec.rules[0] as any))
      : undefined,
  });
  const rules = isTls
    ? []
    : buildRules({
        route: {
          annotations,
          kind: route.kind as 'HTTPRoute',
          rules: route.spec.rules as any,
        },
        backendsOf,
      });
  const isStandalone = [route, ...parents.map(({ gateway }) => gateway)].some(
    ({ annotations: { [`${ANNOTATION}standalone`]: value } }) =>
      value === 'true',
  );
  const networks = parents.map(({ gateway }) => gateway.name);
  return {
    service: {
      routeKey,
      identity: {
        [tagKeys.routeName]: name,
        [tagKeys.routeNamespace]: namespace,
        [tagKeys.routeType]: ROUTE_TYPES[kind],
      },
      name: serviceName(route),
      customDomainName,
      certificateArn: certificateOf(parents),
      networks: isStandalone ? [] : [...new Set(networks)],
      listeners,
      rules,
      tags: additionalTags(annotations),
    },
    targetGroups: [...targetGroups.values()],
  };
}

/** @throws UnsupportedRoute */
function serviceName({ name, namespace, annotations }: Route): string {
  const override = annotations[`${ANNOTATION}service-name-override`];
  if (override === undefined) {
    const part = (text: string, most: number) =>
      text.slice(0, most).replace(/^-+|-+$/g, '');
    return `${part(name, 20)}-${part(namespace, 18)}`;
  }
  if (
    !/^(?!svc-)[a-z0-9]+(-[a-z0-9]+)*$/.test(override) ||
    override.length < 3 ||
    override.length > 40
  ) {
    throw new UnsupportedRoute(
      `service-name-override '${override}' is no name of a VPC Lattice service: 3 to 40 lower-case letters, digits and single hyphens`,
    );
  }
  return override;
}

function buildListeners(options: {
  route: Route;
  parents: ReturnType<typeof matchListeners>[];
  backends: Backend[] | undefined;
}): ListenerModel[] {
  const { route, parents, backends } = options;
  const byPort = new Map<number, ListenerModel>();
  for (const { port, protocol } of parents.flatMap(
    ({ listeners }) => listeners,
  )) {
    const itsProtocol =
      protocol === 'TLS' ? 'TLS_PASSTHROUGH' : (protocol as 'HTTP' | 'HTTPS');
    const part = (text: string, most: number) =>
      text.slice(0, most).replace(/^-+|-+$/g, '');
    byPort.set(port, {
      name: `${part(route.name, 20)}-${part(
        route.namespace,
        18,
      )}-${port}-${protocol.toLowerCase()}`,
      port,
      protocol: itsProtocol,
      backends,
    });
  }
  return [...byPort.values()];
}

function certificateOf(
  parents: ReturnType<typeof matchListeners>[],
): string | undefined {
  return parents
    .flatMap(({ listeners }) => listeners)
    .filter(({ tls }) => tls?.mode === 'Terminate')
    .flatMap(({ tls }) => tls?.options[`${ANNOTATION}certificate-arn`] ?? [])
    .at(0);
}

function toBackend(
  options: Parameters<typeof buildService>[0],
  reference: BackendRef,
  routeKey: string,
): { backend: Backend; targetGroup?: TargetGroupModel } {
  const { cluster, objects, pods, route } = options;
  const { kind, name, weight, port } = reference;
  const place = { name, namespace: reference.namespace ?? route.namespace };
  if (kind === 'ServiceImport') {
    return { backend: { ...importOf(objects, place), weight } };
  }
  const service = objects.find('v1/Service', place);
  if (!service) {
    throw new UnsupportedRoute(`there is no Service ${name}`);
  }
  const targetGroup = buildTargetGroup({
    cluster,
    source: {
      type: route.kind as 'HTTPRoute',
      route: { key: routeKey, name: route.name, namespace: route.namespace },
    },
    of: place,
    ipFamily: ipFamilyOf(service),
    policy: findTargetGroupPolicy(objects, { kind: 'Service', ...place }),
    targets: endpointsOf({ pods, service, port }),
    tags: additionalTags(route.annotations),
  });
  return {
    backend: { kind: 'group', key: targetGroup.key, weight },
    targetGroup,
  };
}

/** @throws UnsupportedRoute */
export function ipFamilyOf({
  name,
  spec,
}: TypedObject<'v1/Service'>): 'IPv4' | 'IPv6' {
  const [family, ...others] = spec.ipFamilies;
  if (!family || others.length > 0) {
    throw new UnsupportedRoute(
      `Service ${name} has addresses of two families, and a target group has one`,
    );
  }
  return family;
}

/** The target group that a ServiceExport of this or another cluster made. */
function importOf(
  objects: ClusterObjects,
  place: { name: string; namespace: string },
): Omit<Extract<Backend, { kind: 'import' }>, 'weight'> {
  const imported = objects.find(
    'application-networking.k8s.aws/v1alpha1/ServiceImport',
    place,
  );
  const annotations = imported?.annotations ?? {};
  const cluster = annotations[`${ANNOTATION}aws-eks-cluster-name`];
  if (annotations[`${ANNOTATION}target-group-arn`]) {
    throw new UnsupportedRoute(
      `ServiceImport ${place.name} names a target group by its ARN, which can't be done here`,
    );
  }
  return {
    kind: 'import',
    name: place.name,
    vpcId: annotations[`${ANNOTATION}aws-vpc`],
    identity: {
      [tagKeys.sourceType]: 'ServiceExport',
      [tagKeys.serviceName]:
        annotations[`${ANNOTATION}export-name`] ?? place.name,
      [tagKeys.serviceNamespace]: place.namespace,
      ...(cluster && { [tagKeys.clusterName]: cluster }),
    },
  };
}
