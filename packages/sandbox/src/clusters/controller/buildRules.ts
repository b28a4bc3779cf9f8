import type { Typed } from '../manifests/manifestSchema';
import type { Backend, RuleModel } from './Model';

type HttpRule =
  Typed<'gateway.networking.k8s.io/v1/HTTPRoute'>['spec']['rules'][number];
type HttpMatch = HttpRule['matches'][number];
type GrpcRule =
  Typed<'gateway.networking.k8s.io/v1/GRPCRoute'>['spec']['rules'][number];
type GrpcMatch = GrpcRule['matches'][number];

/** A route that asks for what VPC Lattice or the controller can't do. */
export class UnsupportedRoute extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsupportedRoute';
  }
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html */
const MOST_HEADERS = 5;
const MOST_BACKENDS = 10;
const MOST_PRIORITY = 100;

const PRIORITY = /^application-networking\.k8s\.aws\/rule-(\d+)-priority$/;

/**
 * The rules of a route, in its order.
 *
 * @remarks
 * What the controller can't do: https://www.gateway-api-controller.eks.aws.dev/latest/api-types/http-route/
 *
 * @throws UnsupportedRoute
 */
export function buildRules(options: {
  route: { annotations: Record<string, string> } & (
    | { kind: 'HTTPRoute'; rules: HttpRule[] }
    | { kind: 'GRPCRoute'; rules: GrpcRule[] }
  );
  backendsOf: (rule: HttpRule | GrpcRule) => Backend[];
}): RuleModel[] {
  const { route, backendsOf } = options;
  const priorities = prioritiesOf(route.annotations, route.rules.length);
  const matches =
    route.kind === 'HTTPRoute'
      ? route.rules.map(rule => matchHttp(onlyMatch(rule.matches)))
      : route.rules.map(rule => matchGrpc(onlyMatch(rule.matches)));
  return route.rules.map((rule, index) => {
    if (rule.filters.length > 0) {
      throw new UnsupportedRoute(
        `rule ${index + 1} has filters, which VPC Lattice does not have`,
      );
    }
    return {
      priority: priorities[index],
      match: { httpMatch: matches[index] },
      backends: checkBackends(backendsOf(rule)),
    };
  });
}

/** @throws UnsupportedRoute where there are more than VPC Lattice takes. */
export function checkBackends(backends: Backend[]): Backend[] {
  if (backends.length > MOST_BACKENDS) {
    throw new UnsupportedRoute(
      `a rule has ${backends.length} backends; VPC Lattice forwards to ${MOST_BACKENDS} at most`,
    );
  }
  return backends;
}

/** Rules without an annotation follow those with the highest one. */
function prioritiesOf(
  annotations: Record<string, string>,
  count: number,
): number[] {
  const given = new Map<number, number>();
  for (const [key, value] of Object.entries(annotations)) {
    const index = PRIORITY.exec(key)?.[1];
    if (index && /^\d+$/.test(value) && Number(index) < count) {
      given.set(Number(index), Number(value));
    }
  }
  let next = Math.max(0, ...given.values());
  const priorities = Array.from(
    { length: count },
    (_, index) => given.get(index) ?? (next += 1),
  );
  if (new Set(priorities).size < count) {
    throw new UnsupportedRoute('two rules have the same priority');
  }
  if (priorities.some(priority => priority < 1 || priority > MOST_PRIORITY)) {
    throw new UnsupportedRoute(
      `a rule's priority is from 1 to ${MOST_PRIORITY}`,
    );
  }
  return priorities;
}

function onlyMatch<T>(matches: T[]): T | undefined {
  if (matches.length > 1) {
    throw new UnsupportedRoute(
      'a rule has several matches, and a rule of VPC Lattice has one: write a rule for each',
    );
  }
  return matches[0];
}

function matchHttp(
  match: HttpMatch | undefined,
): RuleModel['match']['httpMatch'] {
  if (!match) {
    return prefix('/');
  }
  const { path, method, queryParams } = match;
  if (queryParams.length > 0) {
    throw new UnsupportedRoute('VPC Lattice matches no query parameters');
  }
  if (path?.type === 'RegularExpression') {
    throw new UnsupportedRoute('VPC Lattice matches no regular expressions');
  }
  const headers = matchHeaders(match.headers);
  const all = {
    ...(path?.type === 'Exact' && {
      pathMatch: { match: { exact: path.value } },
    }),
    ...(path?.type === 'PathPrefix' && prefix(path.value)),
    ...(method && { method }),
    ...headers,
  };
  return Object.keys(all).length > 0 ? all : prefix('/');
}

/** gRPC is POST to `/SERVICE/METHOD`. */
function matchGrpc(
  match: GrpcMatch | undefined,
): RuleModel['match']['httpMatch'] {
  const { type, service, method } = match?.method ?? {};
  if (type === 'RegularExpression') {
    throw new UnsupportedRoute('VPC Lattice matches no regular expressions');
  }
  if (method && !service) {
    throw new UnsupportedRoute('a match of a method needs its service');
  }
  const path =
    service && method
      ? { pathMatch: { match: { exact: `/${service}/${method}` } } }
      : prefix(service ? `/${service}/` : '/');
  return { method: 'POST', ...path, ...matchHeaders(match?.headers ?? []) };
}

function prefix(value: string) {
  return { pathMatch: { match: { prefix: value } } };
}

function matchHeaders(headers: HttpMatch['headers']) {
  if (headers.length > MOST_HEADERS) {
    throw new UnsupportedRoute(
      `a rule matches ${MOST_HEADERS} headers at most`,
    );
  }
  if (headers.some(({ type }) => type !== 'Exact')) {
    throw new UnsupportedRoute('VPC Lattice matches no regular expressions');
  }
  return headers.length > 0
    ? {
        headerMatches: headers.map(({ name, value }) => ({
          name,
          match: { exact: value },
        })),
      }
    : {};
}
