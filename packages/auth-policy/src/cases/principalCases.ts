import { ANONYMOUS, ROLE, RuleCase, SESSION, signed } from './RuleCase';

const ACCOUNT = '445566778899';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

function principal(value: unknown): Array<Record<string, unknown>> {
  return [{ Principal: { AWS: value } }];
}

/** Who a statement is for. */
export const principalCases: RuleCase[] = [
  {
    rule: 'no wildcard within a principal',
    source: 'principal',
    statements: principal(`arn:aws:iam::${ACCOUNT}:role/orders-*`),
    expect: 'invalid',
  },
  {
    rule: '"*" in a list is everybody, anonymous callers too',
    source: 'principal',
    statements: principal(['*', '111111111111']),
    caller: ANONYMOUS,
    expect: 'allowed',
  },
  {
    rule: "the session of a service's role is not the service",
    source: 'principal',
    statements: [{ Principal: { Service: 'lambda.amazonaws.com' } }],
    expect: 'denied',
  },
  {
    rule: 'no wildcard for a service principal',
    source: 'principal',
    statements: [{ Principal: { Service: '*' } }],
    expect: 'invalid',
  },
  {
    rule: 'federated principals are for role trust policies',
    source: 'checks',
    statements: [
      {
        Principal: {
          Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.example.com`,
        },
      },
    ],
    expect: 'invalid',
  },
  {
    rule: 'an account id is every signed caller of the account',
    source: 'principal',
    statements: principal(ACCOUNT),
    expect: 'allowed',
  },
  {
    rule: "an account's root ARN is the same as its id",
    source: 'principal',
    statements: principal(ROOT),
    expect: 'allowed',
  },
  {
    rule: 'an account never is an anonymous caller',
    source: 'principal',
    statements: principal(ROOT),
    caller: ANONYMOUS,
    expect: 'denied',
  },
  {
    rule: 'another account is not meant',
    source: 'principal',
    statements: principal('111111111111'),
    expect: 'denied',
  },
  {
    rule: 'a role is all of its sessions',
    source: 'principal',
    statements: principal(ROLE),
    expect: 'allowed',
  },
  {
    rule: 'a session is that session',
    source: 'principal',
    statements: principal(SESSION),
    expect: 'allowed',
  },
  {
    rule: 'a session is no other session',
    source: 'principal',
    statements: principal(SESSION.replace('i-1', 'i-2')),
    expect: 'denied',
  },
  {
    rule: 'no trust across partitions',
    source: 'identifiers',
    statements: principal(ROLE.replace('arn:aws:', 'arn:aws-cn:')),
    expect: 'denied',
  },
  {
    rule: 'a unique id is not known from an ARN',
    source: 'identifiers',
    statements: principal('AROADBQP57FF2AEXAMPLE'),
    expect: 'unknown',
  },
  {
    rule: 'user names are case-sensitive',
    source: 'identifiers',
    statements: principal(`arn:aws:iam::${ACCOUNT}:user/Bob`),
    caller: signed({ arn: `arn:aws:iam::${ACCOUNT}:user/bob` }),
    expect: 'denied',
  },
  {
    rule: 'which user a federated user comes from is not known',
    source: 'variables',
    statements: principal(`arn:aws:iam::${ACCOUNT}:user/bob`),
    caller: signed({ arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob` }),
    expect: 'unknown',
  },
  {
    rule: 'a role matches its session although that has no path',
    source: 'identifiers',
    statements: principal(
      `arn:aws:iam::${ACCOUNT}:role/service-role/orders-client`,
    ),
    expect: 'allowed',
  },
  {
    rule: 'a role with a path known to be another one is open',
    source: 'identifiers',
    statements: principal(`arn:aws:iam::${ACCOUNT}:role/x/orders-client`),
    caller: signed({ roleArn: ROLE }),
    expect: 'unknown',
  },
  {
    rule: 'NotPrincipal of a role without its account may deny the role',
    source: 'notPrincipal',
    statements: [{ Effect: 'Deny', NotPrincipal: { AWS: [ROLE] } }],
    besideAllow: true,
    expect: 'unknown',
  },
  {
    rule: 'NotPrincipal denies callers with a permissions boundary whatever it lists',
    source: 'notPrincipal',
    statements: [
      { Effect: 'Deny', NotPrincipal: { AWS: [ROLE, SESSION, ROOT] } },
    ],
    besideAllow: true,
    expect: 'unknown',
  },
  {
    rule: 'NotPrincipal denies those not listed',
    source: 'notPrincipal',
    statements: [{ Effect: 'Deny', NotPrincipal: { AWS: '111111111111' } }],
    besideAllow: true,
    expect: 'explicitly-denied',
  },
  {
    rule: 'NotPrincipal is not supported with Allow',
    source: 'notPrincipal',
    statements: [{ NotPrincipal: { AWS: '111111111111' } }],
    expect: 'invalid',
  },
  {
    rule: 'an empty list of principals has no effect',
    source: 'checks',
    statements: principal([]),
    expect: 'denied',
  },

  {
    rule: 'what an empty NotPrincipal does is not documented',
    source: 'checks',
    statements: [{ Effect: 'Deny', NotPrincipal: { AWS: [] } }],
    besideAllow: true,
    expect: 'unknown',
  },
];
