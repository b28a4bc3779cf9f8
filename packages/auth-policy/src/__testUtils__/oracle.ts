import { AuthorizationRequest } from '../types';

type List = string | string[];

/** The statements that the oracle understands, in AWS's shape. */
export interface OracleStatement {
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | { AWS: List };
  NotPrincipal?: { AWS: List };
  Action?: List;
  NotAction?: List;
  Resource?: List;
  NotResource?: List;
  Condition?: Record<string, Record<string, string[]>>;
}

/** A service network or a service: the statements of its policy, or why there are none. */
export type OracleAttachment = OracleStatement[] | 'NONE' | 'no-policy';

/** The documents, as their statements, of everything that limits the caller. */
export interface OracleLimits {
  permissionsBoundary?: OracleStatement[][];
  sessionPolicies?: OracleStatement[][];
  /** One list of documents for each level of the organization. */
  serviceControlPolicies: OracleStatement[][][];
}

/** Everything that a decision takes in. */
export interface OracleSituation {
  /** Of all documents. */
  version: '2012-10-17' | '2008-10-17';
  request: AuthorizationRequest;
  network: OracleAttachment;
  service: OracleAttachment;
  /** Each document as its statements. */
  identity: OracleStatement[][];
  limits: OracleLimits;
}

/** What is decided, and by which layer. */
export interface OracleVerdict {
  outcome: 'allowed' | 'denied' | 'unknown';
  /** Network, service, identity, permissions boundary, session and service control policies. */
  layers: string[];
}

/** What a statement is held against. */
type Call = Pick<OracleSituation, 'request' | 'version'>;

/**
 * A second evaluator, written from the rules alone and for being read: slow, without
 * unknowns, for requests of which everything is known. It shares no code with the engine.
 */
export function oracle(situation: OracleSituation): OracleVerdict {
  const { network, service, identity, limits } = situation;
  const { permissionsBoundary, sessionPolicies } = limits;
  const isOpen = network === 'NONE' && service === 'NONE';
  const isNamed = [network, service].some(layer =>
    namesCaller(layer, situation.request),
  );
  const layers = [
    attachment(network, situation),
    attachment(service, situation),
    // Whether an allow is needed where nothing is enforced is not documented.
    callers({ documents: identity, call: situation, isOpen }),
    ...[permissionsBoundary, sessionPolicies].flatMap(documents =>
      documents
        ? // Nor whether these limit a caller whom an auth policy names by its own ARN.
          callers({ documents, call: situation, isOpen: isOpen || isNamed })
        : [],
    ),
    ...limits.serviceControlPolicies.map(documents =>
      callers({ documents, call: situation, isOpen }),
    ),
  ];
  if (layers.some(layer => layer.endsWith('denied'))) {
    return { outcome: 'denied', layers };
  }
  return {
    outcome: layers.includes('unknown') ? 'unknown' : 'allowed',
    layers,
  };
}

function attachment(given: OracleAttachment, call: Call): string {
  switch (given) {
    case 'NONE':
      return 'not-enforced';
    case 'no-policy':
      return 'implicitly-denied';
    default:
      return say(given, call);
  }
}

function namesCaller(
  given: OracleAttachment,
  { caller }: AuthorizationRequest,
): boolean {
  return (
    typeof given !== 'string' &&
    caller.kind === 'signed' &&
    given.some(
      ({ Effect, Principal }) =>
        Effect === 'Allow' &&
        typeof Principal === 'object' &&
        listOf(Principal.AWS).includes(caller.arn),
    )
  );
}

/** What the caller's own policies say. */
function callers(options: {
  documents: OracleStatement[][];
  call: Call;
  /** Whether it is not documented that lacking an allow denies. */
  isOpen: boolean;
}): string {
  const { documents, call, isOpen } = options;
  if (call.request.caller.kind === 'anonymous') {
    return 'not-applicable';
  }
  const said = say(documents.flat(), call);
  return said === 'implicitly-denied' && isOpen ? 'unknown' : said;
}

function say(statements: OracleStatement[], call: Call): string {
  const applying = statements.filter(each => failing(each, call).length === 0);
  if (applying.some(({ Effect }) => Effect === 'Deny')) {
    return 'explicitly-denied';
  }
  return applying.some(({ Effect }) => Effect === 'Allow')
    ? 'allowed'
    : 'implicitly-denied';
}

/** The elements of a statement that don't cover a call; of conditions, operator and key. */
export function failing(statement: OracleStatement, call: Call): string[] {
  const { Principal, NotPrincipal, Condition } = statement;
  const { Action, NotAction, Resource, NotResource } = statement;
  const { request } = call;
  const resource = `${request.serviceArn}${request.path}`;
  const isAction = (text: string) =>
    isLike(text.toLowerCase(), 'vpc-lattice-svcs:invoke');
  const isResource = (text: string) => isLikeFilled(text, resource, call);
  const elements: Array<[string, boolean]> = [
    ['Principal', isPrincipal(Principal, request)],
    [
      'NotPrincipal',
      NotPrincipal === undefined || !isPrincipal(NotPrincipal, request),
    ],
    ['Action', Action === undefined || listOf(Action).some(isAction)],
    ['NotAction', NotAction === undefined || !listOf(NotAction).some(isAction)],
    ['Resource', Resource === undefined || listOf(Resource).some(isResource)],
    [
      'NotResource',
      NotResource === undefined || !listOf(NotResource).some(isResource),
    ],
    ...Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]): [string, boolean] => [
        `${operator} ${key}`,
        holds({ operator, got: factOf(key, request), values, call }),
      ]),
    ),
  ];
  return elements.filter(([, isCovered]) => !isCovered).map(([name]) => name);
}

function listOf(list: List): string[] {
  return Array.isArray(list) ? list : [list];
}

function isPrincipal(
  principal: OracleStatement['Principal'],
  { caller }: AuthorizationRequest,
): boolean {
  if (principal === undefined || principal === '*') {
    return true;
  }
  const names = ['*'];
  if (caller.kind === 'signed') {
    const account = caller.arn.split(':')[4];
    names.push(account, `arn:aws:iam::${account}:root`, caller.arn);
    if (caller.roleArn !== undefined) {
      names.push(caller.roleArn);
    }
  }
  return listOf(principal.AWS).some(name => names.includes(name));
}

/** All values that a request has for a key; none if it doesn't have the key. */
function factOf(key: string, request: AuthorizationRequest): string[] {
  const { caller, method, port, path, query = {}, headers = {} } = request;
  const [name, tag] = key.split('/');
  const signed = caller.kind === 'signed' ? caller : undefined;
  const one = (value: string | undefined) =>
    value === undefined ? [] : [value];
  switch (name) {
    case 'vpc-lattice-svcs:RequestMethod':
      return one(method);
    case 'vpc-lattice-svcs:RequestPath':
      return one(path);
    case 'vpc-lattice-svcs:Port':
      return one(String(port));
    case 'vpc-lattice-svcs:RequestHeader':
      return one(headers[tag]);
    case 'vpc-lattice-svcs:RequestQueryString':
      return query[tag] ?? [];
    case 'vpc-lattice-svcs:ServiceArn':
      return [request.serviceArn];
    case 'vpc-lattice-svcs:ServiceNetworkArn':
      return one(request.serviceNetworkArn);
    case 'vpc-lattice-svcs:SourceVpc':
      return one(request.sourceVpc);
    case 'vpc-lattice-svcs:SourceVpcOwnerAccount':
      return one(request.sourceVpcOwnerAccount);
    case 'aws:CurrentTime':
      return [new Date(request.time!).toISOString()];
    case 'aws:EpochTime':
      return [String(Math.floor(request.time! / 1000))];
    case 'aws:ResourceAccount':
      return [request.serviceArn.split(':')[4]];
    case 'aws:ResourceTag':
      return one(request.serviceTags?.[tag]);
    case 'aws:ViaAWSService':
      return ['false'];
    case 'aws:PrincipalIsAWSService':
      return signed ? ['false'] : [];
    case 'aws:PrincipalServiceName':
      return [];
    case 'aws:PrincipalTag':
      return one(signed?.tags?.[tag]);
    case 'aws:PrincipalOrgID':
      return one(
        signed?.organizationId === 'none' ? undefined : signed?.organizationId,
      );
    case 'aws:PrincipalArn':
      return one(signed && (signed.roleArn ?? signed.arn));
    case 'aws:PrincipalAccount':
      return [signed ? signed.arn.split(':')[4] : 'anonymous'];
    case 'aws:PrincipalType':
      if (!signed) {
        return ['Anonymous'];
      }
      return [signed.arn.includes(':user/') ? 'User' : 'AssumedRole'];
    default:
      throw new Error(`The oracle doesn't know ${key}`);
  }
}

function holds(options: {
  operator: string;
  got: string[];
  values: string[];
  call: Call;
}): boolean {
  const { operator, got, values, call } = options;
  const [, set, base, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator)!;
  if (base === 'Null') {
    return values.includes(String(got.length === 0));
  }
  const isNegated = base.includes('Not');
  const one = (value: string) => {
    const isAny = values.some(text =>
      test({ operator: base.replace('Not', ''), text, value, call }),
    );
    return isNegated ? !isAny : isAny;
  };
  if (got.length === 0 && ifExists) {
    return true;
  }
  switch (set) {
    case 'ForAllValues':
      return got.every(one);
    case 'ForAnyValue':
      return got.some(one);
    default:
      return got.length === 0 ? isNegated : one(got[0]);
  }
}

function test(options: {
  operator: string;
  text: string;
  value: string;
  call: Call;
}): boolean {
  const { operator, text, value, call } = options;
  const [, type, comparison] = /^(Numeric|Date)(.+)$/.exec(operator) ?? [];
  if (type) {
    const number = type === 'Date' ? timeOf : Number;
    return compare({
      left: number(value),
      comparison,
      right: number(text),
    });
  }
  switch (operator) {
    case 'StringEquals':
      return fill(text, call) === value;
    case 'StringEqualsIgnoreCase':
      return fill(text, call)?.toLowerCase() === value.toLowerCase();
    case 'StringLike':
      return isLikeFilled(text, value, call);
    case 'Bool':
      return text.toLowerCase() === value.toLowerCase();
    case 'BinaryEquals':
      return Buffer.from(value).toString('base64') === text;
    case 'IpAddress':
      return isInRange(text, value);
    // The two are the same: both know wildcards.
    case 'ArnEquals':
    case 'ArnLike': {
      const parts = partsOfArn(value);
      const patterns = partsOfArn(text);
      return (
        parts.length === patterns.length &&
        parts.every((part, index) => isLike(patterns[index], part))
      );
    }
    default:
      throw new Error(`The oracle doesn't know ${operator}`);
  }
}

/** The sixth part is everything that is left. */
function partsOfArn(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function compare(options: {
  left: number;
  comparison: string;
  right: number;
}): boolean {
  const { left, comparison, right } = options;
  switch (comparison) {
    case 'Equals':
      return left === right;
    case 'LessThan':
      return left < right;
    case 'LessThanEquals':
      return left <= right;
    case 'GreaterThan':
      return left > right;
    case 'GreaterThanEquals':
      return left >= right;
    default:
      throw new Error(`The oracle doesn't know ${comparison}`);
  }
}

/** Bit by bit; IPv4 only. */
function isInRange(range: string, address: string): boolean {
  const bitsOf = (text: string) =>
    text
      .split('.')
      .map(part => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [start, length = '32'] = range.split('/');
  const prefix = bitsOf(start).slice(0, Number(length));
  return bitsOf(address).startsWith(prefix);
}

/** A text with its variables replaced; undefined if one has neither value nor default. */
function fill(text: string, call: Call): string | undefined {
  const variable = /\$\{([^,}]+)(?:, '([^']*)')?\}/.exec(text);
  if (!variable || call.version === '2008-10-17') {
    return text;
  }
  const [written, key, fallback] = variable;
  const value = factOf(key, call.request)[0] ?? fallback;
  return value === undefined
    ? undefined
    : fill(
        text.replace(written, () => value),
        call,
      );
}

function isLikeFilled(pattern: string, text: string, call: Call): boolean {
  const filled = fill(pattern, call);
  return filled !== undefined && isLike(filled, text);
}

const LIKE = new Map<string, RegExp>();

/** `*` is any text, `?` one character, and everything else itself. */
function isLike(pattern: string, text: string): boolean {
  const known = LIKE.get(pattern);
  if (known) {
    return known.test(text);
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]');
  LIKE.set(pattern, new RegExp(`^${source}$`));
  return isLike(pattern, text);
}
