import { ANONYMOUS, RuleCase, SERVICE } from './RuleCase';

const tcp = { transport: 'tcp', path: undefined } as const;
const passthrough = { transport: 'tls-passthrough', path: undefined } as const;

function given(operator: string, key: string, value: string) {
  return { Condition: { [operator]: { [`vpc-lattice-svcs:${key}`]: value } } };
}

/** Calls of which VPC Lattice sees no HTTP. */
export const transportCases: RuleCase[] = [
  {
    rule: 'a TCP connection asks for Connect',
    source: 'latticeActions',
    statements: [{ Action: 'vpc-lattice-svcs:Connect' }],
    request: tcp,
    identity: { policies: [identity('vpc-lattice-svcs:Connect')] },
    expect: 'allowed',
  },
  {
    rule: 'a TCP connection is not Invoke',
    source: 'latticeActions',
    statements: [{ Action: 'vpc-lattice-svcs:Invoke' }],
    request: tcp,
    expect: 'denied',
  },
  {
    rule: 'an HTTP call is not Connect',
    source: 'latticeActions',
    statements: [{ Action: 'vpc-lattice-svcs:Connect' }],
    expect: 'denied',
  },
  {
    rule: 'a TCP connection is to the service, without a path',
    source: 'latticeActions',
    statements: [{ Action: '*', Resource: SERVICE }],
    request: tcp,
    identity: { policies: [identity('*')] },
    expect: 'allowed',
  },
  {
    rule: 'paths do not cover a TCP connection',
    source: 'latticeActions',
    statements: [{ Action: '*', Resource: `${SERVICE}/*` }],
    request: tcp,
    identity: { policies: [identity('*')] },
    expect: 'denied',
  },
  {
    rule: 'a TCP connection has no method',
    source: 'latticeActions',
    statements: [
      { Action: '*', ...given('StringEquals', 'RequestMethod', 'GET') },
    ],
    request: tcp,
    identity: { policies: [identity('*')] },
    expect: 'denied',
  },
  {
    rule: 'a TCP connection has a port',
    source: 'latticeActions',
    statements: [{ Action: '*', ...given('NumericEquals', 'Port', '5432') }],
    request: { ...tcp, port: 5432 },
    identity: { policies: [identity('*')] },
    expect: 'allowed',
  },
  {
    rule: 'under TLS passthrough a caller is anonymous',
    source: 'tls',
    statements: [{ Action: '*', Principal: { AWS: '445566778899' } }],
    request: passthrough,
    expect: 'denied',
  },
  {
    rule: 'under TLS passthrough no identity policy is needed',
    source: 'tls',
    statements: [{ Action: '*' }],
    request: passthrough,
    identity: { policies: [] },
    expect: 'allowed',
  },
  {
    rule: 'under TLS passthrough no header is seen',
    source: 'tls',
    statements: [
      { Action: '*', ...given('StringEquals', 'RequestHeader/x-a', '1') },
    ],
    caller: ANONYMOUS,
    request: { ...passthrough, headers: { 'x-a': '1' } },
    expect: 'denied',
  },
  {
    rule: 'whether TLS passthrough is Invoke or Connect is open',
    source: 'tls',
    statements: [{ Action: 'vpc-lattice-svcs:Invoke' }],
    request: passthrough,
    expect: 'unknown',
  },
  {
    rule: 'whether a call under TLS passthrough has a path is open',
    source: 'tls',
    statements: [{ Action: '*', Resource: SERVICE }],
    request: passthrough,
    expect: 'unknown',
  },
];

function identity(action: string) {
  return { Statement: { Effect: 'Allow', Action: action, Resource: '*' } };
}
