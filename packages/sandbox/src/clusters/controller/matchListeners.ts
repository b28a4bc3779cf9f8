import type { TypedObject } from '../manifests/ClusterObjects';
import type { Verdict } from './Model';

export type Gateway = TypedObject<'gateway.networking.k8s.io/v1/Gateway'>;
export type GatewayListener = Gateway['spec']['listeners'][number];

/** A route of any kind, as far as Gateways look at it. */
export interface AttachedRoute {
  kind: string;
  namespace: string;
  spec: { hostnames: string[] };
}

/** How a route refers to a Gateway. */
export interface ParentRef {
  sectionName?: string;
  port?: number;
}

/** Protocols of listeners, and the routes they take when they don't say. */
const KINDS: Record<string, string[]> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute'],
};

/**
 * The listeners of a Gateway that a route attaches to, and what the route is told.
 * https://gateway-api.sigs.k8s.io/reference/spec/#routeconditiontype
 */
export function matchListeners(options: {
  gateway: Gateway;
  route: AttachedRoute;
  parentRef: ParentRef;
}): { listeners: GatewayListener[]; verdict: Verdict } {
  const { gateway, route, parentRef } = options;
  const named = gateway.spec.listeners.filter(
    ({ name, port }) =>
      (parentRef.sectionName ?? name) === name &&
      (parentRef.port ?? port) === port,
  );
  const ofHost = named.filter(listener => sharesHost(listener, route));
  const listeners = ofHost.filter(listener => allows(gateway, listener, route));
  const refused = (reason: string, message: string) => ({
    listeners,
    verdict: { type: 'Accepted' as const, isTrue: false, reason, message },
  });
  if (named.length === 0) {
    return refused(
      'NoMatchingParent',
      `Gateway ${gateway.name} has no such listener`,
    );
  }
  if (ofHost.length === 0) {
    return refused(
      'NoMatchingListenerHostname',
      'No matching listener hostname for this route',
    );
  }
  if (listeners.length === 0) {
    return refused(
      'NotAllowedByListeners',
      'No matching listeners allow this route. Check Gateway listener allowedRoutes policies',
    );
  }
  return {
    listeners,
    verdict: {
      type: 'Accepted',
      isTrue: true,
      reason: 'Accepted',
      message: '',
    },
  };
}

function sharesHost(
  { hostname }: GatewayListener,
  { spec: { hostnames } }: AttachedRoute,
): boolean {
  return (
    !hostname ||
    hostnames.length === 0 ||
    hostnames.some(name => covers(hostname, name) || covers(name, hostname))
  );
}

/** Whether a host name, perhaps with `*.` in front, is or covers another. */
function covers(pattern: string, name: string): boolean {
  return (
    pattern === name ||
    (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)))
  );
}

function allows(
  gateway: Gateway,
  { protocol, allowedRoutes, tls }: GatewayListener,
  route: AttachedRoute,
): boolean {
  const kinds = allowedRoutes?.kinds?.map(({ kind }) => kind);
  const from = allowedRoutes?.namespaces?.from ?? 'Same';
  return (
    (kinds ?? KINDS[protocol] ?? []).includes(route.kind) &&
    (KINDS[protocol] ?? []).includes(route.kind) &&
    (protocol !== 'TLS' || tls?.mode === 'Passthrough') &&
    (from === 'All' ||
      (from === 'Same' && gateway.namespace === route.namespace))
  );
}
