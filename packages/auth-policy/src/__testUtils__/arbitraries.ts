import fc from 'fast-check';
import {
  ANONYMOUS,
  NETWORK,
  ROLE,
  SERVICE,
  SESSION,
  signed,
} from '../cases/RuleCase';
import { AuthorizationRequest, Caller } from '../types';
import {
  OracleAttachment,
  OracleLimits,
  OracleSituation,
  OracleStatement,
} from './oracle';

// What is generated here keeps to rules that AWS documents: the oracle has no unknowns.

export const USER = 'arn:aws:iam::445566778899:user/ann';
export const NIGHT = Date.UTC(2026, 0, 1);

export const VALUES = [
  'a',
  'b',
  'A',
  'ab',
  'a*',
  '?b',
  // Which tells a key that may be absent from one that may be anything.
  '*',
  '*',
  'GET',
  '/a',
  '/*',
];
export const WITH_VARIABLES = [
  'a',
  '${aws:PrincipalTag/t}',
  "${aws:PrincipalTag/u, 'a'}",
  'x${aws:PrincipalTag/u}*',
  '${aws:ResourceTag/t}',
  '${aws:PrincipalAccount}',
];
export const TEXT_KEYS = [
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestHeader/x-a',
  'vpc-lattice-svcs:RequestHeader/x-a',
  'vpc-lattice-svcs:SourceVpc',
  'aws:PrincipalTag/t',
  'aws:PrincipalOrgID',
  'aws:PrincipalAccount',
  'aws:ResourceTag/t',
];
export const TEXT_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
export const COMPARISONS = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];

/** A condition on one key. */
export interface ConditionChoice {
  operator: string;
  key: string;
  wanted: string[];
}

export function oneOrTwo(values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...values), {
    minLength: 1,
    maxLength: 2,
  });
}

/** A condition with or without `IfExists`. */
export function condition(options: {
  operators: readonly string[];
  keys: readonly string[];
  values: readonly string[];
  ifExists?: boolean;
}): fc.Arbitrary<ConditionChoice> {
  const { operators, keys, values, ifExists = true } = options;
  return fc.record({
    operator: fc.constantFrom(
      ...operators.flatMap(name =>
        ifExists ? [name, name, `${name}IfExists`] : [name],
      ),
    ),
    key: fc.constantFrom(...keys),
    wanted: oneOrTwo(values),
  });
}

const documentedCondition: fc.Arbitrary<ConditionChoice> = fc.oneof(
  {
    weight: 3,
    arbitrary: condition({
      operators: TEXT_OPERATORS,
      keys: TEXT_KEYS,
      values: VALUES,
    }),
  },
  condition({
    operators: TEXT_OPERATORS,
    keys: TEXT_KEYS,
    values: WITH_VARIABLES,
    // A missing variable under IfExists isn't documented.
    ifExists: false,
  }),
  condition({
    operators: [
      'ForAllValues:StringEquals',
      'ForAllValues:StringNotEquals',
      'ForAllValues:StringLike',
      'ForAllValues:StringNotLike',
      'ForAnyValue:StringEquals',
      'ForAnyValue:StringLike',
    ],
    keys: ['vpc-lattice-svcs:RequestQueryString/q', 'aws:PrincipalTag/t'],
    values: VALUES,
  }),
  condition({
    operators: COMPARISONS.map(name => `Numeric${name}`),
    keys: ['vpc-lattice-svcs:Port'],
    values: ['80', '443', '443.0', '1000'],
  }),
  condition({
    operators: COMPARISONS.map(name => `Date${name}`),
    keys: ['aws:CurrentTime', 'aws:EpochTime'],
    values: [
      '2026-01-01T00:00:00Z',
      '2026-01-01T01:00:00+01:00',
      '2026-01-01T00:00:01Z',
      String(NIGHT / 1000),
      '2025-06-30T12:00:00Z',
    ],
  }),
  condition({
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['vpc-lattice-svcs:RequestHeader/x-ip'],
    values: [
      '10.1.2.3',
      '10.0.0.0/8',
      '10.1.2.0/30',
      '192.168.0.128/25',
      '0.0.0.0/0',
    ],
  }),
  condition({
    operators: ['BinaryEquals'],
    keys: ['vpc-lattice-svcs:RequestHeader/x-a'],
    values: ['YQ==', 'YWI=', 'Yg=='],
  }),
  condition({
    operators: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals'],
    keys: [
      'aws:PrincipalArn',
      'vpc-lattice-svcs:ServiceArn',
      'vpc-lattice-svcs:ServiceNetworkArn',
    ],
    values: [ROLE, 'arn:aws:iam::*:role/*', 'arn:aws:*:*:*:*', SERVICE],
  }),
  condition({
    operators: ['StringEquals', 'StringNotEquals'],
    keys: ['aws:PrincipalType', 'vpc-lattice-svcs:SourceVpcOwnerAccount'],
    values: ['Anonymous', 'User', 'AssumedRole', '445566778899'],
  }),
  fc.record({
    operator: fc.constantFrom('Bool', 'BoolIfExists'),
    key: fc.constantFrom('aws:ViaAWSService', 'aws:PrincipalIsAWSService'),
    // Several values aren't documented.
    wanted: fc.constantFrom('true', 'false').map(value => [value]),
  }),
  fc.record({
    operator: fc.constant('Null'),
    key: fc.constantFrom(
      'vpc-lattice-svcs:RequestHeader/x-a',
      'vpc-lattice-svcs:RequestQueryString/q',
      'aws:PrincipalTag/u',
      'aws:PrincipalOrgID',
      'aws:PrincipalServiceName',
    ),
    wanted: fc.constantFrom('true', 'false').map(value => [value]),
  }),
);

const WIDE_RESOURCES = ['*', `${SERVICE}/*`];
const RESOURCES = [
  '*/a',
  '*/a/*',
  `${SERVICE}/a`,
  `${SERVICE}/a*`,
  `${SERVICE}/?`,
  `${SERVICE}/*/b`,
  `${SERVICE}/a*b*c`,
  `${SERVICE}/\${aws:PrincipalTag/t}`,
  `${SERVICE}/\${aws:PrincipalTag/u, 'a'}/*`,
  SERVICE.replace('0123', '9999').concat('/*'),
];
const ACTIONS = [
  'vpc-lattice-svcs:Invoke',
  '*',
  'vpc-lattice-svcs:*',
  'VPC-Lattice-svcs:inv?ke',
];
const OTHER_ACTIONS = ['vpc-lattice-svcs:Connect', 's3:*', 's3:GetObject'];
const OTHERS = ['111111111111', 'arn:aws:iam::111111111111:role/other'];

/** Mostly the first, which makes statements that apply often enough. */
export function mostly<T>(
  usual: fc.Arbitrary<T>,
  ...others: fc.Arbitrary<T>[]
) {
  return fc.oneof({ weight: 3, arbitrary: usual }, ...others);
}

/** A single text as often as a list. */
export function listOf(
  values: readonly string[],
): fc.Arbitrary<string | string[]> {
  return fc.oneof(fc.constantFrom(...values), oneOrTwo(values));
}

/** Some members of a statement. */
export type Part = Partial<OracleStatement>;

const principal: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom<Part>(
    { Principal: '*' },
    { Principal: { AWS: '*' } },
    { Principal: { AWS: '445566778899' } },
    { Principal: { AWS: ROLE } },
  ),
  listOf([
    'arn:aws:iam::445566778899:root',
    ROLE,
    SESSION,
    USER,
    ...OTHERS,
  ]).map(AWS => ({ Principal: { AWS } })),
);
const notPrincipal: fc.Arbitrary<Part> = listOf(OTHERS).map(AWS => ({
  NotPrincipal: { AWS },
}));
const action: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom(...ACTIONS).map(Action => ({ Action })),
  listOf([...ACTIONS, ...OTHER_ACTIONS]).map(Action => ({ Action })),
  listOf([...OTHER_ACTIONS, ...OTHER_ACTIONS, ...ACTIONS]).map(NotAction => ({
    NotAction,
  })),
);
const resource: fc.Arbitrary<Part> = mostly<Part>(
  fc.constantFrom(...WIDE_RESOURCES, ...RESOURCES).map(Resource => ({
    Resource,
  })),
  listOf([...WIDE_RESOURCES, ...RESOURCES]).map(Resource => ({ Resource })),
  listOf([...WIDE_RESOURCES, ...RESOURCES]).map(NotResource => ({
    NotResource,
  })),
);

/**
 * Conditions in AWS's shape; operators and keys come together as they do there. A key that
 * stands there in another case already is left out: that isn't valid.
 */
function conditionElement(choices: ConditionChoice[]): Part {
  const element: Record<string, Record<string, string[]>> = {};
  for (const { operator, key, wanted } of choices) {
    const keys = (element[operator] ??= {});
    const isOther = (other: string) =>
      other !== key && other.toLowerCase() === key.toLowerCase();
    if (!Object.keys(keys).some(isOther)) {
      keys[key] = wanted;
    }
  }
  return choices.length > 0 ? { Condition: element } : {};
}

/** What the parts of a statement are drawn from. */
export interface StatementParts {
  principal: fc.Arbitrary<Part>;
  notPrincipal: fc.Arbitrary<Part>;
  action: fc.Arbitrary<Part>;
  resource: fc.Arbitrary<Part>;
  condition: fc.Arbitrary<ConditionChoice>;
}

/** What AWS documents clearly. */
export const DOCUMENTED: StatementParts = {
  principal,
  notPrincipal,
  action,
  resource,
  condition: documentedCondition,
};

/** A statement of an auth policy, or of an identity-based one. */
export function statementOf(
  parts: StatementParts,
  kind: 'resource' | 'identity',
): fc.Arbitrary<OracleStatement> {
  const rest = fc.tuple(
    parts.action,
    parts.resource,
    fc.array(parts.condition, { maxLength: 2 }).map(conditionElement),
  );
  const effect = fc.constantFrom<Part>(
    { Effect: 'Allow' },
    { Effect: 'Allow' },
    { Effect: 'Deny' },
  );
  const head =
    kind === 'identity'
      ? effect.map(each => [each])
      : mostly<Part[]>(
          fc.tuple(effect, parts.principal),
          // It goes with a deny alone.
          parts.notPrincipal.map(each => [{ Effect: 'Deny' }, each]),
        );
  return fc
    .tuple(head, rest)
    .map(all => Object.assign({}, ...all.flat()) as OracleStatement);
}

/** Some statements, often with one that allows a lot. */
export function statementsOf(
  statement: fc.Arbitrary<OracleStatement>,
  kind: 'resource' | 'identity',
): fc.Arbitrary<OracleStatement[]> {
  const wide: OracleStatement = {
    Effect: 'Allow',
    ...(kind === 'identity' ? {} : { Principal: '*' }),
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: '*',
  };
  return fc
    .tuple(fc.boolean(), fc.array(statement, { maxLength: 3 }))
    .map(([isWide, some]) => (isWide ? [...some, wide] : some));
}

/** What each attribute can be; a forgotten one can be any of these. */
export const POOLS = {
  method: ['GET', 'POST'],
  headers: [
    {},
    { 'x-a': 'a' },
    { 'x-a': 'ab', 'x-ip': '10.1.2.3' },
    { 'x-ip': '192.168.0.200' },
  ] as Array<Record<string, string>>,
  query: [{}, { q: ['a'] }, { q: ['a', 'ab'] }, { q: ['b', 'GET'] }] as Array<
    Record<string, string[]>
  >,
  path: ['/a', '/b', '/ab', '/a/b', '/a/x/b', '/axbxc'],
  port: [80, 443, 8080],
  sourceVpc: ['a', 'b'],
  sourceVpcOwnerAccount: ['445566778899', '111111111111'],
  serviceNetworkArn: [NETWORK, NETWORK.replace('0123', '9999')],
  serviceTags: [{}, { t: 'a' }, { t: 'b' }] as Array<Record<string, string>>,
  time: [NIGHT - 1, NIGHT, NIGHT + 1000, NIGHT + 86_400_000],
};

/** The same of what is known about a signed caller. */
export const CALLER_POOLS = {
  organizationId: ['none', 'a'],
  tags: [{}, { t: 'a' }, { t: 'b', u: 'a' }] as Array<Record<string, string>>,
};

const attributesOfCaller = fc.record({
  organizationId: fc.constantFrom(...CALLER_POOLS.organizationId),
  tags: fc.constantFrom(...CALLER_POOLS.tags),
});
const caller: fc.Arbitrary<Caller> = mostly<Caller>(
  attributesOfCaller.map(each => signed({ roleArn: ROLE, ...each })),
  attributesOfCaller.map(each => signed({ arn: USER, ...each })),
  fc.constant(ANONYMOUS),
);

/** A call of which everything is known. */
export const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller,
  serviceArn: fc.constant(SERVICE),
  method: fc.constantFrom(...POOLS.method),
  headers: fc.constantFrom(...POOLS.headers),
  query: fc.constantFrom(...POOLS.query),
  path: fc.constantFrom(...POOLS.path),
  port: fc.constantFrom(...POOLS.port),
  sourceVpc: fc.constantFrom(...POOLS.sourceVpc),
  sourceVpcOwnerAccount: fc.constantFrom(...POOLS.sourceVpcOwnerAccount),
  serviceNetworkArn: fc.constantFrom(...POOLS.serviceNetworkArn),
  serviceTags: fc.constantFrom(...POOLS.serviceTags),
  time: fc.constantFrom(...POOLS.time),
});

const authPolicy = statementsOf(
  statementOf(DOCUMENTED, 'resource'),
  'resource',
);
const attachment = fc.oneof(
  { weight: 3, arbitrary: authPolicy },
  { weight: 2, arbitrary: fc.constant('NONE' as const) },
  fc.constant('no-policy' as const),
);

/** Everything allowed: always the same list, whose document is compiled once. */
export const OPEN_IDENTITY: OracleStatement[] = [
  { Effect: 'Allow', Action: '*', Resource: '*' },
];

/** Documents of a caller: often one that allows everything, and up to two. */
export function documentsOf(
  statements: fc.Arbitrary<OracleStatement[]>,
): fc.Arbitrary<OracleStatement[][]> {
  return mostly<OracleStatement[][]>(
    fc.constant([OPEN_IDENTITY]),
    fc.array(statements, { maxLength: 2 }),
  );
}

/** What limits a caller: mostly nothing. */
export function limitsOf(
  documents: fc.Arbitrary<OracleStatement[][]>,
): fc.Arbitrary<OracleLimits> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constant<OracleLimits>({ serviceControlPolicies: [] }),
    },
    fc.record(
      {
        permissionsBoundary: documents,
        sessionPolicies: documents,
        serviceControlPolicies: fc.array(documents, { maxLength: 2 }),
      },
      { requiredKeys: ['serviceControlPolicies'] },
    ),
  );
}

/** Mostly the one that knows policy variables. */
export const version = fc.constantFrom<OracleSituation['version'][]>(
  '2012-10-17',
  '2012-10-17',
  '2012-10-17',
  '2008-10-17',
);

const callersPolicies = documentsOf(
  statementsOf(statementOf(DOCUMENTED, 'identity'), 'identity'),
);

/** A call of which everything is known, and policies in all layers. */
export const situation: fc.Arbitrary<OracleSituation> = fc.record({
  version,
  request,
  network: attachment,
  service: mostly<OracleAttachment>(authPolicy, attachment),
  identity: callersPolicies,
  limits: limitsOf(callersPolicies),
});
