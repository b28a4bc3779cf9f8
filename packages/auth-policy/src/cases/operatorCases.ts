import { Expectation, RuleCase } from './RuleCase';

const HEADER = 'vpc-lattice-svcs:RequestHeader/x-a';
const QUERY = 'vpc-lattice-svcs:RequestQueryString/q';
const PORT = 'vpc-lattice-svcs:Port';
const TIME = 'aws:CurrentTime';
const ARN = 'aws:PrincipalArn';

type Value = string | string[];
/** Operator, value of the policy, value of the request (absent: no such key), outcome. */
type Row = [string, Value, string | undefined, Expectation];

/** A key under one operator after the other. */
function tableOf(
  key: string,
  request: (value: string | undefined) => RuleCase['request'],
  rows: Row[],
): RuleCase[] {
  return rows.map(([operator, wanted, got, expectation]) => ({
    rule: `${operator} ${JSON.stringify(wanted)} of ${key} being ${
      got === undefined ? 'absent' : JSON.stringify(got)
    }`,
    source: 'operators',
    statements: [{ Condition: { [operator]: { [key]: wanted } } }],
    request: request(got),
    expect: expectation,
  }));
}

/** A record with one name, or none if there is no value. */
function only<T>(name: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}

const text = tableOf(HEADER, got => ({ headers: only('x-a', got) }), [
  ['StringEquals', 'a', 'a', 'allowed'],
  ['StringEquals', 'a', 'A', 'denied'],
  ['StringEquals', 'a', 'ab', 'denied'],
  ['StringEquals', 'a*', 'ab', 'denied'],
  ['StringEquals', 'a*', 'a*', 'allowed'],
  ['StringEquals', ['a', 'b'], 'b', 'allowed'],
  ['StringEquals', 'a', undefined, 'denied'],
  ['StringEqualsIfExists', 'a', undefined, 'allowed'],
  ['StringEqualsIfExists', 'a', 'b', 'denied'],
  ['StringNotEquals', 'a', 'a', 'denied'],
  ['StringNotEquals', 'a', 'b', 'allowed'],
  ['StringNotEquals', ['a', 'b'], 'b', 'denied'],
  ['StringNotEquals', ['a', 'b'], 'c', 'allowed'],
  ['StringNotEquals', 'a', undefined, 'allowed'],
  ['StringNotEqualsIfExists', 'a', 'a', 'denied'],
  ['StringNotEqualsIfExists', 'a', undefined, 'allowed'],
  ['StringEqualsIgnoreCase', 'aB', 'Ab', 'allowed'],
  ['StringEqualsIgnoreCase', 'aB', 'aBc', 'denied'],
  ['StringEqualsIgnoreCase', 'a*', 'ab', 'denied'],
  ['StringNotEqualsIgnoreCase', 'aB', 'Ab', 'denied'],
  ['StringNotEqualsIgnoreCase', 'a', 'b', 'allowed'],
  ['StringNotEqualsIgnoreCase', 'a', undefined, 'allowed'],
  ['StringLike', 'a*', 'a', 'allowed'],
  ['StringLike', 'a*', 'abc', 'allowed'],
  ['StringLike', '*a', 'ba', 'allowed'],
  ['StringLike', '*a', 'ab', 'denied'],
  ['StringLike', 'a*c', 'abc', 'allowed'],
  ['StringLike', 'a*c', 'abd', 'denied'],
  ['StringLike', 'a*b*c', 'axbxc', 'allowed'],
  ['StringLike', 'a*b*c', 'axcxb', 'denied'],
  ['StringLike', 'ab*bc', 'abc', 'denied'],
  ['StringLike', 'a**c', 'ac', 'allowed'],
  ['StringLike', 'a?c', 'abc', 'allowed'],
  ['StringLike', 'a?c', 'ac', 'denied'],
  ['StringLike', 'a?*', 'a', 'denied'],
  ['StringLike', '?', '', 'denied'],
  ['StringLike', '*', '', 'allowed'],
  ['StringLike', 'A*', 'abc', 'denied'],
  ['StringLike', ['x*', 'a*'], 'abc', 'allowed'],
  ['StringLike', '*', undefined, 'denied'],
  ['StringLikeIfExists', 'a*', undefined, 'allowed'],
  ['StringNotLike', 'a*', 'abc', 'denied'],
  ['StringNotLike', 'a*', 'b', 'allowed'],
  ['StringNotLike', ['x*', 'a*'], 'abc', 'denied'],
  ['StringNotLike', 'a*', undefined, 'allowed'],
  ['Null', 'true', undefined, 'allowed'],
  ['Null', 'true', 'a', 'denied'],
  ['Null', 'false', 'a', 'allowed'],
  ['Null', 'false', undefined, 'denied'],
  ['Null', 'true', '', 'unknown'],
  ['Bool', 'true', 'true', 'allowed'],
  ['Bool', 'true', 'false', 'denied'],
  ['Bool', 'true', 'yes', 'denied'],
  ['Bool', 'true', 'True', 'unknown'],
  ['Bool', 'true', undefined, 'denied'],
  ['BoolIfExists', 'true', undefined, 'allowed'],
  ['BinaryEquals', 'YQ==', 'a', 'allowed'],
  ['BinaryEquals', 'YQ==', 'b', 'denied'],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', 'allowed'],
  ['IpAddress', '10.0.0.0/8', '11.1.2.3', 'denied'],
  ['IpAddress', '10.1.2.3', '10.1.2.3', 'allowed'],
  ['IpAddress', '10.1.2.3/8', '10.9.9.9', 'allowed'],
  ['IpAddress', '0.0.0.0/0', '1.2.3.4', 'allowed'],
  ['IpAddress', '2001:db8::/32', '2001:db8::1', 'allowed'],
  ['IpAddress', '2001:db8::/32', '2001:db9::1', 'denied'],
  ['IpAddress', '10.0.0.0/8', '2001:db8::1', 'denied'],
  ['IpAddress', '10.0.0.0/8', 'no address', 'denied'],
  ['NotIpAddress', '10.0.0.0/8', '11.1.2.3', 'allowed'],
  ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', 'denied'],
  ['NotIpAddress', '10.0.0.0/8', 'no address', 'unknown'],
  ['NotIpAddress', '10.0.0.0/8', undefined, 'allowed'],
]);

const numbers = tableOf(PORT, got => ({ port: Number(got) }), [
  ['NumericEquals', '443', '443', 'allowed'],
  ['NumericEquals', '443.0', '443', 'allowed'],
  ['NumericEquals', '444', '443', 'denied'],
  ['NumericEquals', ['80', '443'], '443', 'allowed'],
  ['NumericNotEquals', '443', '443', 'denied'],
  ['NumericNotEquals', '80', '443', 'allowed'],
  ['NumericNotEquals', 'many', '443', 'unknown'],
  ['NumericLessThan', '443', '443', 'denied'],
  ['NumericLessThan', '444', '443', 'allowed'],
  ['NumericLessThan', '1000', '99', 'allowed'],
  ['NumericLessThanEquals', '443', '443', 'allowed'],
  ['NumericLessThanEquals', '442', '443', 'denied'],
  ['NumericGreaterThan', '443', '443', 'denied'],
  ['NumericGreaterThan', '442', '443', 'allowed'],
  ['NumericGreaterThanEquals', '443', '443', 'allowed'],
  ['NumericGreaterThanEquals', '444', '443', 'denied'],
  ['NumericGreaterThan', 'many', '443', 'denied'],
]);

const times = tableOf(TIME, got => ({ time: Date.parse(got ?? '') }), [
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'allowed'],
  [
    'DateEquals',
    '2026-01-01T01:00:00+01:00',
    '2026-01-01T00:00:00Z',
    'allowed',
  ],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'denied'],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'allowed'],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', 'allowed'],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'denied'],
  [
    'DateLessThanEquals',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z',
    'allowed',
  ],
  [
    'DateGreaterThan',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:01Z',
    'allowed',
  ],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'denied'],
  [
    'DateGreaterThanEquals',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z',
    'allowed',
  ],
  ['DateLessThan', '2026', '2025-01-01T00:00:00Z', 'unknown'],
  ['DateLessThan', 'soon', '2025-01-01T00:00:00Z', 'denied'],
  ['DateGreaterThan', '1767225600', '2026-01-01T00:00:01Z', 'allowed'],
  ['StringEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'unknown'],
]);

const arns = tableOf(
  ARN,
  got => ({
    caller: { kind: 'signed', arn: got!, organizationId: 'none', tags: {} },
  }),
  [
    [
      'ArnEquals',
      'arn:aws:iam::445566778899:user/bob',
      'arn:aws:iam::445566778899:user/bob',
      'allowed',
    ],
    [
      'ArnEquals',
      'arn:aws:iam::445566778899:user/*',
      'arn:aws:iam::445566778899:user/bob',
      'allowed',
    ],
    [
      'ArnLike',
      'arn:aws:iam::*:user/bob',
      'arn:aws:iam::445566778899:user/bob',
      'allowed',
    ],
    [
      'ArnLike',
      'arn:aws:iam::44556677889?:user/bob',
      'arn:aws:iam::445566778899:user/bob',
      'allowed',
    ],
    [
      'ArnLike',
      'arn:aws:*:user/bob',
      'arn:aws:iam::445566778899:user/bob',
      'denied',
    ],
    [
      'ArnLike',
      'arn:aws:iam::445566778899:user/Bob',
      'arn:aws:iam::445566778899:user/bob',
      'denied',
    ],
    [
      'ArnNotEquals',
      'arn:aws:iam::445566778899:user/*',
      'arn:aws:iam::445566778899:user/bob',
      'denied',
    ],
    [
      'ArnNotLike',
      'arn:aws:iam::111111111111:*',
      'arn:aws:iam::445566778899:user/bob',
      'allowed',
    ],
    ['StringLike', 'arn:*bob', 'arn:aws:iam::445566778899:user/bob', 'allowed'],
  ],
);

/** Values of the query parameter `q` (absent: not in the query), under set operators. */
const sets: RuleCase[] = (
  [
    ['ForAnyValue:StringEquals', ['1', '2'], ['2', '3'], 'allowed'],
    ['ForAnyValue:StringEquals', ['1', '2'], ['3'], 'denied'],
    ['ForAnyValue:StringEquals', ['1'], undefined, 'denied'],
    ['ForAnyValue:StringLike', ['1*'], ['2', '12'], 'allowed'],
    ['ForAnyValue:StringNotEquals', ['1'], ['1'], 'denied'],
    ['ForAllValues:StringEquals', ['1', '2'], ['1', '2'], 'allowed'],
    ['ForAllValues:StringEquals', ['1', '2'], ['1', '3'], 'denied'],
    ['ForAllValues:StringEquals', ['1'], undefined, 'allowed'],
    ['ForAllValues:StringLike', ['1*'], ['1', '12'], 'allowed'],
    ['ForAllValues:StringLike', ['1*'], ['1', '2'], 'denied'],
    ['ForAllValues:StringNotEquals', ['1'], ['2', '3'], 'allowed'],
    ['ForAllValues:StringNotLike', ['1*'], ['2', '12'], 'denied'],
    ['ForAllValues:NumericLessThan', ['10'], ['2', '9'], 'allowed'],
    ['ForAllValues:NumericLessThan', ['10'], ['2', '11'], 'denied'],
    ['ForAnyValue:NumericLessThan', ['10'], ['2', '11'], 'allowed'],
    ['StringEquals', ['1', '2'], ['2'], 'allowed'],
  ] as Array<[string, string[], string[] | undefined, Expectation]>
).map(([operator, wanted, got, expectation]) => ({
  rule: `${operator} ${wanted} of a query with ${got ?? 'nothing'}`,
  source: 'multivalued',
  statements: [{ Condition: { [operator]: { [QUERY]: wanted } } }],
  request: { query: only('q', got) },
  expect: expectation,
}));

/** Every operator with values that match, don't match, don't parse and don't exist. */
export const operatorCases: RuleCase[] = [
  ...text,
  ...numbers,
  ...times,
  ...arns.map(({ request, ...each }) => ({ ...each, caller: request?.caller })),
  ...sets,
];
