import { ConditionElement, Policy } from '../parse/Policy';
import { OPERATORS } from '../parse/operators';
import { AuthorizationRequest } from '../types';
import { PolicyTerms, termsOf, withoutVariables } from './PolicyTerms';
import { stepsOf } from './Wildcards';
import { callerChoices } from './callerChoices';
import { machineOf, textClasses } from './textClasses';

/** One change to a request. */
type Choice = (request: AuthorizationRequest) => AuthorizationRequest;

/** One attribute of a request with a value for every way in which policies see it. */
export interface Dimension {
  name: string;
  choices: Choice[];
}

/** Requests that between them show all that some policies tell apart. */
export interface RequestSpace {
  /** A request of which everything is known and nothing is remarkable. */
  base: AuthorizationRequest;
  dimensions: Dimension[];
  /** Whether the dimensions surely leave nothing out. */
  complete: boolean;
}

const OTHER_SERVICE =
  'arn:aws:vpc-lattice:us-east-1:999999999999:service/svc-00000000000000000';
const SERVICE_IN = /^arn:[^:*?]+:vpc-lattice:[^:*?]*:[^:*?]*:service\/[^/*?]+/;
const TIME = Date.UTC(2026, 0, 1);
/** Keys that follow from the caller, the service or the path. */
const DERIVED = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:username',
  'vpc-lattice-svcs:requestpath',
  'vpc-lattice-svcs:servicearn',
  'aws:resourceaccount',
]);

/**
 * Works out what the requests are that policies can treat differently.
 *
 * @param options - `serviceArn`: the only service that the policies are about.
 */
export function requestSpace(options: {
  policies: readonly Policy[];
  serviceArn?: string;
}): RequestSpace {
  const terms = termsOf(options.policies);
  const services = servicesOf(terms, options.serviceArn);
  const { callers, complete } = callerChoices(terms);
  const space: RequestSpace = {
    base: {
      caller: callers[0],
      method: 'GET',
      path: '/',
      query: {},
      headers: {},
      port: 443,
      sourceVpc: 'vpc-0',
      sourceVpcOwnerAccount: '999999999999',
      serviceArn: services[0],
      serviceNetworkArn:
        'arn:aws:vpc-lattice:us-east-1:999999999999:servicenetwork/sn-0',
      serviceTags: {},
      time: TIME,
    },
    dimensions: [
      {
        name: 'caller',
        choices: callers.map(caller => request => ({
          ...request,
          caller:
            caller.kind === 'signed'
              ? { ...details(request), ...caller }
              : caller,
        })),
      },
    ],
    complete: complete && !terms.hasVariables,
  };
  space.base = space.dimensions[0].choices[0](space.base);
  addPaths({ space, terms, services });
  for (const [key, conditions] of terms.conditions) {
    if (!DERIVED.has(key)) {
      addCondition({ space, key, conditions });
    }
  }
  return space;
}

/** What is known of a signed caller besides who it is. */
function details({ caller }: AuthorizationRequest) {
  const { organizationId = 'none', tags = {} } =
    caller.kind === 'signed' ? caller : {};
  return { organizationId, tags };
}

function setter<K extends keyof AuthorizationRequest>(
  name: K,
): (value: AuthorizationRequest[K]) => Choice {
  return value => request => ({ ...request, [name]: value });
}

function servicesOf(terms: PolicyTerms, only?: string): string[] {
  if (only) {
    return [only];
  }
  const named = [
    ...terms.resources,
    ...(terms.conditions.get('vpc-lattice-svcs:servicearn') ?? []).flatMap(
      ({ values }) => values.map(({ text }) => text),
    ),
  ].flatMap(text => SERVICE_IN.exec(text)?.[0] ?? []);
  return [...new Set([...named, OTHER_SERVICE])];
}

function addPaths(options: {
  space: RequestSpace;
  terms: PolicyTerms;
  services: string[];
}): void {
  const { space, terms, services } = options;
  const choices: Choice[] = [];
  const conditions = terms.conditions.get('vpc-lattice-svcs:requestpath') ?? [];
  for (const serviceArn of services) {
    const { texts, complete } = textClasses({
      isPath: true,
      machines: [
        ...terms.resources.map(text =>
          machineOf(stepsOf(text, true), serviceArn),
        ),
        ...conditions.flatMap(machinesOf),
      ],
    });
    space.complete &&= complete;
    for (const path of texts) {
      choices.push(request => ({ ...request, serviceArn, path }));
    }
  }
  // Service and path together: a resource names both.
  space.dimensions.push({ name: 'resource', choices });
}

function machinesOf({ base, values }: ConditionElement) {
  const form = OPERATORS.get(base);
  const wildcards = form?.type === 'arn' || form?.text === 'like';
  return values.flatMap(({ text }) =>
    withoutVariables(text).map(each => machineOf(stepsOf(each, wildcards))),
  );
}

function addCondition(options: {
  space: RequestSpace;
  key: string;
  conditions: ConditionElement[];
}): void {
  const { space, key, conditions } = options;
  const slash = key.indexOf('/');
  const name = slash === -1 ? key : key.slice(0, slash);
  const tag = key.slice(slash + 1);
  const add = (choices: Choice[]) =>
    space.dimensions.push({ name: key, choices });
  const { texts, complete } = textClasses({
    machines: conditions.flatMap(machinesOf),
    upperCase: name === 'vpc-lattice-svcs:requestmethod',
  });
  space.complete &&=
    complete &&
    // A call of gRPC has no query string, whatever else the request says.
    key.toLowerCase() !== 'vpc-lattice-svcs:requestheader/content-type' &&
    !conditions.some(({ base }) => base.endsWith('IgnoreCase'));
  const values = texts.filter(text => text !== '');
  const optional = [undefined, ...texts];
  switch (name) {
    case 'vpc-lattice-svcs:requestmethod':
      return void add(values.map(setter('method')));
    case 'vpc-lattice-svcs:sourcevpc':
      return void add(values.map(setter('sourceVpc')));
    case 'vpc-lattice-svcs:sourcevpcowneraccount':
      return void add(values.map(setter('sourceVpcOwnerAccount')));
    case 'vpc-lattice-svcs:servicenetworkarn':
      return void add(values.map(setter('serviceNetworkArn')));
    case 'vpc-lattice-svcs:port':
      return void add(numbersOf(conditions).map(setter('port')));
    case 'aws:currenttime':
    case 'aws:epochtime':
      return void add(timesOf(conditions).map(setter('time')));
    case 'vpc-lattice-svcs:requestheader':
      return void add(
        optional.map(text => request => ({
          ...request,
          headers: withMember(request.headers, tag, text),
        })),
      );
    case 'vpc-lattice-svcs:requestquerystring':
      return void add(
        [
          undefined,
          ...texts.map(text => [text]),
          ...texts.flatMap(one => texts.map(other => [one, other])),
        ].map(list => request => ({
          ...request,
          query: withMember(request.query, tag, list),
        })),
      );
    case 'aws:resourcetag':
      return void add(
        optional.map(text => request => ({
          ...request,
          serviceTags: withMember(request.serviceTags, tag, text),
        })),
      );
    case 'aws:principaltag':
      return void add(
        optional.map(text =>
          ofCaller(caller => ({ tags: withMember(caller.tags, tag, text) })),
        ),
      );
    case 'aws:principalorgid':
      return void add(
        ['none', ...values].map(organizationId =>
          ofCaller(() => ({ organizationId })),
        ),
      );
    default:
      // What can't be varied can't be compared either.
      space.complete = false;
      return undefined;
  }
}

type Signed = Extract<AuthorizationRequest['caller'], { kind: 'signed' }>;

function ofCaller(change: (caller: Signed) => Partial<Signed>): Choice {
  return request =>
    request.caller.kind === 'signed'
      ? { ...request, caller: { ...request.caller, ...change(request.caller) } }
      : request;
}

function withMember<T>(
  members: Record<string, T> | undefined,
  name: string,
  value: T | undefined,
): Record<string, T> {
  const others = Object.entries(members ?? {}).filter(([key]) => key !== name);
  return Object.fromEntries(
    value === undefined ? others : [...others, [name, value]],
  );
}

function numbersOf(conditions: ConditionElement[]): number[] {
  const numbers = conditions
    .flatMap(({ values }) => values.map(({ text }) => Number(text)))
    .filter(Number.isFinite)
    .flatMap(value => [value - 1, value, value + 1]);
  return [...new Set([443, ...numbers])];
}

function timesOf(conditions: ConditionElement[]): number[] {
  const times = conditions
    .flatMap(({ values }) => values.map(({ text }) => text))
    .map(text => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)))
    .filter(Number.isFinite)
    .flatMap(time => [time - 1000, time, time + 1000]);
  return [...new Set([TIME, ...times])];
}
