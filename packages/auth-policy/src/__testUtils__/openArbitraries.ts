import fc from 'fast-check';
import { ANONYMOUS, ROLE, SERVICE, SESSION, signed } from '../cases/RuleCase';
import { AuthorizationRequest, Caller } from '../types';
import {
  COMPARISONS,
  CALLER_POOLS,
  DOCUMENTED,
  POOLS,
  Part,
  TEXT_KEYS,
  TEXT_OPERATORS,
  USER,
  VALUES,
  WITH_VARIABLES,
  condition,
  documentsOf,
  limitsOf,
  listOf,
  mostly,
  statementOf,
  statementsOf,
  version,
} from './arbitraries';
import { OracleAttachment, OracleSituation, OracleStatement } from './oracle';

// Beside what AWS documents, everything that it leaves open: for laws that hold anyway.

const SETS = ['', 'ForAllValues:', 'ForAnyValue:'];
const OPEN_KEYS = [
  ...TEXT_KEYS,
  'vpc-lattice-svcs:RequestQueryString/q',
  'vpc-lattice-svcs:requestmethod',
  'aws:PrincipalArn',
  'aws:CurrentTime',
  'aws:SourceIp',
  'aws:userid',
  'aws:TokenIssueTime',
  'aws:principaltag/T',
  'x:Unknown',
];
const OPEN_VALUES = [
  ...VALUES,
  '',
  '1',
  'true',
  'AROA*',
  '10.0.0.0/8',
  '2026-01-01',
];

const openCondition = fc.oneof(
  { weight: 3, arbitrary: DOCUMENTED.condition },
  {
    weight: 2,
    arbitrary: condition({
      operators: SETS.flatMap(set =>
        [...TEXT_OPERATORS, 'ArnNotLike'].map(name => `${set}${name}`),
      ),
      keys: OPEN_KEYS,
      values: [
        ...OPEN_VALUES,
        ...WITH_VARIABLES,
        '${aws:userid}',
        '${aws:SourceIp}/*',
      ],
    }),
  },
  // Operators on keys and values that are not of their type.
  condition({
    operators: SETS.flatMap(set =>
      [
        'BinaryEquals',
        'NotIpAddress',
        ...COMPARISONS.flatMap(name => [`Numeric${name}`, `Date${name}`]),
      ].map(name => `${set}${name}`),
    ),
    keys: OPEN_KEYS,
    values: OPEN_VALUES,
  }),
  fc.record({
    operator: fc.constantFrom('Bool', 'BoolIfExists', 'ForAnyValue:Bool'),
    key: fc.constantFrom(...OPEN_KEYS),
    // It takes one.
    wanted: fc.constantFrom(...OPEN_VALUES).map(value => [value]),
  }),
);

const openStatement = (kind: 'resource' | 'identity') =>
  statementOf(
    {
      principal: DOCUMENTED.principal,
      notPrincipal: listOf([ROLE, USER, SESSION, '445566778899', '*']).map(
        AWS => ({ NotPrincipal: { AWS } }),
      ),
      action: mostly<Part>(
        DOCUMENTED.action,
        listOf(['vpc-*:Invoke', '*:*', 's3:*']).map(Action => ({ Action })),
      ),
      resource: mostly<Part>(
        DOCUMENTED.resource,
        listOf([
          SERVICE,
          `${SERVICE}/A`,
          `${SERVICE}/a/`,
          `${SERVICE}/\${aws:userid}`,
          'arn:*:vpc-lattice:*:*:service/*/a',
        ]).map(Resource => ({ Resource })),
      ),
      condition: openCondition,
    },
    kind,
  );

/** A statement of an auth policy, or of an identity-based one. */
export const anyStatement = {
  resource: openStatement('resource'),
  identity: openStatement('identity'),
};

const statements = {
  resource: statementsOf(anyStatement.resource, 'resource'),
  identity: statementsOf(anyStatement.identity, 'identity'),
};

const attributes = fc.record({
  organizationId: fc.constantFrom(...CALLER_POOLS.organizationId),
  tags: fc.constantFrom<Record<string, string>>(
    ...CALLER_POOLS.tags,
    { t: '*', u: '' },
    { T: 'a', t: 'b' },
  ),
});
// Policies are taken to name roles that exist: with a session alone, a path that the
// policy gets wrong can't be told.
const caller: fc.Arbitrary<Caller> = mostly<Caller>(
  attributes.map(each => signed({ roleArn: ROLE, ...each })),
  fc
    .tuple(
      fc.constantFrom(
        USER,
        ROLE,
        'arn:aws:iam::445566778899:root',
        'arn:aws:sts::445566778899:federated-user/ann',
        'arn:aws:sts::445566778899:odd',
      ),
      attributes,
    )
    .map(([arn, each]) => signed({ arn, ...each })),
  fc.constant(ANONYMOUS),
);
/** A call, known or not in the ways that AWS leaves open. */
export const anyRequest: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller,
  serviceArn: fc.constant(SERVICE),
  method: fc.constantFrom(...POOLS.method, 'get', 'a'),
  headers: fc.constantFrom<Record<string, string>>(
    ...POOLS.headers,
    { 'x-a': '' },
    { 'x-a': 'a, b' },
    { 'X-A': 'b' },
  ),
  query: fc.constantFrom<Record<string, string[]>>(
    ...POOLS.query,
    { q: [''] },
    { q: [] },
  ),
  path: fc.constantFrom(
    ...POOLS.path,
    ...POOLS.path,
    '/x/../a',
    '/%61',
    '/A',
    '/a/',
  ),
  port: fc.constantFrom(...POOLS.port),
  sourceVpc: fc.constantFrom(...POOLS.sourceVpc),
  sourceVpcOwnerAccount: fc.constantFrom(...POOLS.sourceVpcOwnerAccount),
  serviceNetworkArn: fc.constantFrom(...POOLS.serviceNetworkArn),
  serviceTags: fc.constantFrom(...POOLS.serviceTags),
  time: fc.constantFrom(...POOLS.time),
  transport: fc.constantFrom(
    ...new Array<undefined>(8).fill(undefined),
    'tls-passthrough' as const,
    'tcp' as const,
  ),
});

/** A situation of which not everything needs to be known. */
export interface AnySituation
  extends Omit<OracleSituation, 'network' | 'service' | 'identity'> {
  network: OracleAttachment | 'unreadable';
  service: OracleAttachment | 'unreadable';
  identity: OracleStatement[][] | 'unreadable' | 'not-known';
}

const attachment = fc.oneof(
  { weight: 6, arbitrary: statements.resource },
  { weight: 4, arbitrary: fc.constant('NONE' as const) },
  fc.constantFrom('no-policy' as const, 'unreadable' as const),
);
const documents = documentsOf(statements.identity);

/** A call, known or not in the ways that AWS leaves open, and policies in all layers. */
export const anySituation: fc.Arbitrary<AnySituation> = fc.record({
  version,
  request: anyRequest,
  network: attachment,
  service: mostly<AnySituation['service']>(statements.resource, attachment),
  identity: fc.oneof(
    { weight: 12, arbitrary: documents },
    fc.constantFrom('unreadable' as const, 'not-known' as const),
  ),
  limits: limitsOf(documents),
});
