import { ANONYMOUS, RuleCase, SERVICE, signed } from './RuleCase';

const OTHER = 'vpc-lattice-svcs:RequestHeader/x-other';
const TENANT = 'vpc-lattice-svcs:RequestHeader/x-tenant';
const PORT = 'vpc-lattice-svcs:Port';
const BY_TAG = '${aws:PrincipalTag/tenant}';

function when(
  operator: string,
  key: string,
  value: unknown,
): Array<Record<string, unknown>> {
  return [{ Condition: { [operator]: { [key]: value } } }];
}

function denyWhen(
  operator: string,
  key: string,
  value: unknown,
): Pick<RuleCase, 'statements' | 'besideAllow'> {
  const [statement] = when(operator, key, value);
  return { statements: [{ Effect: 'Deny', ...statement }], besideAllow: true };
}

/** Operators, missing keys and variables. */
export const conditionCases: RuleCase[] = [
  {
    rule: 'a negated operator is true for a missing key',
    source: 'operators',
    ...denyWhen('StringNotEquals', OTHER, 'a'),
    expect: 'explicitly-denied',
  },
  {
    rule: 'a negated operator with IfExists is true for a missing key',
    source: 'operators',
    ...denyWhen('StringNotEqualsIfExists', OTHER, 'a'),
    expect: 'explicitly-denied',
  },
  {
    rule: 'an operator with IfExists is true for a missing key',
    source: 'operators',
    ...denyWhen('StringEqualsIfExists', OTHER, 'a'),
    expect: 'explicitly-denied',
  },
  {
    rule: 'an operator is false for a missing key',
    source: 'operators',
    ...denyWhen('StringEquals', OTHER, 'a'),
    expect: 'allowed',
  },
  {
    rule: 'Null has no IfExists',
    source: 'checks',
    statements: when('NullIfExists', OTHER, 'true'),
    expect: 'invalid',
  },
  {
    rule: 'Null true wants the key absent',
    source: 'operators',
    statements: when('Null', OTHER, 'true'),
    expect: 'allowed',
  },
  {
    rule: 'StringEquals knows no wildcards',
    source: 'operators',
    statements: when(
      'StringEquals',
      'aws:PrincipalArn',
      'arn:aws:iam::*:role/orders-client',
    ),
    expect: 'denied',
  },
  {
    rule: 'StringEquals minds case',
    source: 'operators',
    statements: when('StringEquals', TENANT, 'A'),
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'denied',
  },
  {
    rule: 'StringEqualsIgnoreCase does not',
    source: 'operators',
    statements: when('StringEqualsIgnoreCase', TENANT, 'A'),
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'allowed',
  },
  {
    rule: 'ARN patterns are compared part by part',
    source: 'operators',
    statements: when(
      'ArnLike',
      'aws:PrincipalArn',
      'arn:aws:*:role/orders-client',
    ),
    expect: 'denied',
  },
  {
    rule: 'ArnEquals takes wildcards, and "*" spans the path of a role',
    source: 'operators',
    statements: when('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*'),
    expect: 'allowed',
  },
  {
    rule: 'dates mind their zone',
    source: 'operators',
    statements: when(
      'DateLessThan',
      'aws:CurrentTime',
      '2026-01-01T00:00:00+02:00',
    ),
    expect: 'denied',
  },
  {
    rule: 'a date that is not a full one is not documented',
    source: 'operators',
    statements: when('DateLessThan', 'aws:CurrentTime', '2026'),
    expect: 'unknown',
  },
  {
    rule: 'numbers are compared as numbers',
    source: 'operators',
    statements: when('NumericEquals', PORT, '443.0'),
    expect: 'allowed',
  },
  {
    rule: 'several values are alternatives, also for order',
    source: 'logic',
    statements: when('NumericGreaterThan', PORT, ['80', '8000']),
    expect: 'allowed',
  },
  {
    rule: 'a value that is no number matches nothing',
    source: 'operators',
    statements: when('NumericEquals', PORT, 'https'),
    expect: 'denied',
  },
  {
    rule: 'no variables in numeric conditions',
    source: 'checks',
    statements: when('NumericEquals', PORT, '${aws:PrincipalTag/port}'),
    caller: signed({ tags: { port: '443' } }),
    expect: 'invalid',
  },
  {
    rule: 'an address range ignores the bits beyond its prefix',
    source: 'checks',
    statements: when(
      'IpAddress',
      'vpc-lattice-svcs:RequestHeader/x-ip',
      '10.1.2.3/8',
    ),
    request: { headers: { 'x-ip': '10.200.0.1' } },
    expect: 'allowed',
  },
  {
    rule: 'what VPC Lattice puts into aws:SourceIp is not documented',
    source: 'lattice',
    statements: when('IpAddress', 'aws:SourceIp', '0.0.0.0/0'),
    request: { sourceIp: '10.0.0.1' },
    expect: 'unknown',
  },
  {
    rule: 'several conditions must all hold',
    source: 'logic',
    statements: [
      {
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['GET', 'PUT'] },
          NumericEquals: { [PORT]: '80' },
        },
      },
    ],
    expect: 'denied',
  },
  {
    rule: 'without version, variables are literal text',
    source: 'variables',
    version: 'none',
    statements: when('StringEquals', TENANT, BY_TAG),
    caller: signed({ tags: { tenant: 'a' } }),
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'denied',
  },
  {
    rule: 'in version 2012-10-17, variables take their values',
    source: 'variables',
    statements: when('StringEquals', TENANT, BY_TAG),
    caller: signed({ tags: { tenant: 'a' } }),
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'allowed',
  },
  {
    rule: 'a variable without value takes its default',
    source: 'variables',
    statements: when(
      'StringEquals',
      TENANT,
      "${aws:PrincipalTag/tenant, 'shared'}",
    ),
    request: { headers: { 'x-tenant': 'shared' } },
    expect: 'allowed',
  },
  {
    rule: '${*} is no wildcard',
    source: 'variables',
    statements: when('StringLike', TENANT, 'a${*}c'),
    request: { headers: { 'x-tenant': 'abc' } },
    expect: 'denied',
  },
  {
    rule: '${*} is the character itself',
    source: 'variables',
    statements: when('StringLike', TENANT, 'a${*}c'),
    request: { headers: { 'x-tenant': 'a*c' } },
    expect: 'allowed',
  },
  {
    rule: 'whether a wildcard in the value of a variable counts is not documented',
    source: 'checks',
    statements: when(
      'StringLike',
      'vpc-lattice-svcs:RequestPath',
      '/t/${aws:PrincipalTag/team}/*',
    ),
    caller: signed({ tags: { team: '*' } }),
    request: { path: '/t/x/1' },
    expect: 'unknown',
  },
  {
    rule: 'a negated operator is true if the variable has no value',
    source: 'variables',
    ...denyWhen('StringNotEquals', TENANT, BY_TAG),
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'explicitly-denied',
  },
  {
    rule: 'an anonymous caller has no tags',
    source: 'keys',
    statements: when('StringEquals', TENANT, BY_TAG),
    caller: ANONYMOUS,
    request: { headers: { 'x-tenant': 'a' } },
    expect: 'denied',
  },
  {
    rule: 'headers that are not known leave a condition open',
    source: 'lattice',
    statements: when('StringEquals', TENANT, 'a'),
    request: { headers: undefined },
    expect: 'unknown',
  },
  {
    rule: 'what is not known does not matter where another element fails',
    source: 'logic',
    statements: [
      { Resource: `${SERVICE}/other`, ...when('StringEquals', TENANT, 'a')[0] },
    ],
    request: { headers: undefined },
    expect: 'denied',
  },

  {
    rule: 'a key that is there matches "*", whatever its value',
    source: 'operators',
    statements: when('StringLike', 'vpc-lattice-svcs:SourceVpc', '*'),
    request: { sourceVpc: undefined },
    expect: 'allowed',
  },
  {
    rule: 'a header that may be missing does not surely match "*"',
    source: 'operators',
    statements: when('StringLike', OTHER, '*'),
    request: { headers: undefined },
    expect: 'unknown',
  },
  {
    rule: 'under IfExists, missing or not does not matter to "*"',
    source: 'operators',
    statements: when('StringLikeIfExists', OTHER, '*'),
    request: { headers: undefined },
    expect: 'allowed',
  },
  {
    rule: 'no number equals a text that is none',
    source: 'operators',
    statements: when('NumericEquals', PORT, 'https'),
    request: { port: undefined },
    expect: 'denied',
  },
  {
    rule: 'nothing equals a variable without value',
    source: 'variables',
    statements: when('StringEquals', TENANT, BY_TAG),
    request: { headers: undefined },
    expect: 'denied',
  },
  {
    rule: 'nor does its being not known matter to a negated operator',
    source: 'variables',
    ...denyWhen('StringNotEquals', TENANT, BY_TAG),
    request: { headers: undefined },
    expect: 'explicitly-denied',
  },
  {
    rule: 'Null true or false is one of the two',
    source: 'logic',
    statements: when('Null', OTHER, ['true', 'false']),
    request: { headers: undefined },
    expect: 'allowed',
  },
  {
    rule: 'a day that the calendar does not have is no date',
    source: 'operators',
    statements: when(
      'DateGreaterThan',
      'aws:CurrentTime',
      '2025-02-30T00:00:00Z',
    ),
    expect: 'denied',
  },
  {
    rule: 'how exactly long numbers are compared is not documented',
    source: 'operators',
    statements: when('NumericEquals', TENANT, '9007199254740993'),
    request: { headers: { 'x-tenant': '9007199254740992' } },
    expect: 'unknown',
  },

  {
    rule: 'a variable that may have no value is as open under IfExists as one without',
    source: 'variables',
    statements: when('StringLikeIfExists', TENANT, `x${BY_TAG}*`),
    request: { headers: { 'x-tenant': 'a' } },
    caller: signed({ tags: undefined }),
    expect: 'unknown',
  },
];
