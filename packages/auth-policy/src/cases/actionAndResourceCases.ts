import { NETWORK, ROLE, RuleCase, SERVICE, signed } from './RuleCase';

const TEAM = { Resource: `${SERVICE}/\${aws:PrincipalTag/team}/*` };

/** What a statement is about. */
export const actionAndResourceCases: RuleCase[] = [
  {
    rule: 'Deny with NotAction spares the named action',
    source: 'notAction',
    statements: [{ Effect: 'Deny', NotAction: 'vpc-lattice-svcs:Invoke' }],
    besideAllow: true,
    expect: 'allowed',
  },
  {
    rule: 'Allow with NotAction leaves the named actions out',
    source: 'notAction',
    statements: [{ NotAction: 'vpc-lattice-svcs:*' }],
    expect: 'denied',
  },
  {
    rule: 'vpc-lattice is the control plane',
    source: 'latticeActions',
    statements: [{ Action: 'vpc-lattice:Invoke' }],
    expect: 'denied',
  },
  {
    rule: 'actions ignore case and take wildcards',
    source: 'action',
    statements: [
      { Action: ['vpc-lattice-svcs:Connect', 'VPC-Lattice-Svcs:inv?k*'] },
    ],
    expect: 'allowed',
  },
  {
    rule: 'a wildcard in the service prefix is not documented',
    source: 'action',
    statements: [{ Action: 'vpc-lattice-*:Invoke' }],
    expect: 'unknown',
  },
  {
    rule: 'an empty list of actions has no effect',
    source: 'checks',
    statements: [{ Action: [] }],
    expect: 'denied',
  },
  {
    rule: '"*" may be empty',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/*` }],
    request: { path: '/' },
    expect: 'allowed',
  },
  {
    rule: '"*" spans slashes and may be empty between them',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/a/*/b` }],
    request: { path: '/a//b' },
    expect: 'allowed',
  },
  {
    rule: '"*/rates" is every path that ends so',
    source: 'lattice',
    statements: [{ Resource: '*/rates' }],
    request: { path: '/v1/rates' },
    expect: 'allowed',
  },
  {
    rule: '"*/rates" is no longer path',
    source: 'lattice',
    statements: [{ Resource: '*/rates' }],
    request: { path: '/rates/usd' },
    expect: 'denied',
  },
  {
    rule: '"?" is one character',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/rate?` }],
    expect: 'allowed',
  },
  {
    rule: "a network's policy names services, not the network",
    source: 'lattice',
    layer: 'network',
    statements: [{ Resource: NETWORK }],
    expect: 'denied',
  },
  {
    rule: 'an incomplete ARN is completed in identity policies',
    source: 'arns',
    layer: 'identity',
    statements: [{ Resource: 'arn:aws:vpc-lattice' }],
    expect: 'allowed',
  },
  {
    rule: 'an incomplete ARN is not completed in auth policies',
    source: 'grammar',
    statements: [{ Resource: 'arn:aws:vpc-lattice' }],
    expect: 'denied',
  },
  {
    rule: 'whether a bare service ARN covers paths is not documented',
    source: 'latticeActions',
    statements: [{ Resource: SERVICE }],
    expect: 'unknown',
  },
  {
    rule: 'whether the case of a path counts is not documented',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/Rates` }],
    expect: 'unknown',
  },
  {
    rule: 'whether dot segments are resolved is not documented',
    source: 'lattice',
    statements: [{ Resource: `${SERVICE}/public/*` }],
    request: { path: '/public/../admin' },
    expect: 'unknown',
  },
  {
    rule: 'percent signs do not matter where all readings agree',
    source: 'lattice',
    statements: [{ Resource: `${SERVICE}/public/*` }],
    request: { path: '/public/a%20b' },
    expect: 'allowed',
  },
  {
    rule: 'a path that is not known does not matter to a pattern for all paths',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/*` }],
    request: { path: undefined },
    expect: 'allowed',
  },
  {
    rule: 'a path that is not known matters to a narrower pattern',
    source: 'resource',
    statements: [{ Resource: `${SERVICE}/rates` }],
    request: { path: undefined },
    expect: 'unknown',
  },
  {
    rule: 'NotResource covers all but the listed',
    source: 'notResource',
    statements: [{ NotResource: `${SERVICE}/admin/*` }],
    request: { path: '/admin' },
    expect: 'allowed',
  },
  {
    rule: 'a resource whose variable has no value matches nothing',
    source: 'variables',
    statements: [TEAM],
    expect: 'denied',
  },
  {
    rule: 'a NotResource whose variable has no value covers everything',
    source: 'variables',
    statements: [{ Effect: 'Deny', NotResource: TEAM.Resource }],
    besideAllow: true,
    expect: 'explicitly-denied',
  },
  {
    rule: 'a variable in a resource takes its value',
    source: 'variables',
    statements: [TEAM],
    caller: signed({ roleArn: ROLE, tags: { team: 'rates' } }),
    request: { path: '/rates/usd' },
    expect: 'allowed',
  },
  {
    rule: 'a gRPC method is a path, and its HTTP method is POST',
    source: 'lattice',
    statements: [
      {
        Resource: `${SERVICE}/api.parking/*`,
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
        },
      },
    ],
    request: {
      method: undefined,
      path: '/api.parking/GetRates',
      headers: { 'content-type': 'application/grpc' },
    },
    expect: 'denied',
  },

  {
    rule: 'a letter that only looks like one of an action is another one',
    source: 'action',
    statements: [{ Action: 'vpc-lattice-svcs:Invo\u212ae' }],
    expect: 'denied',
  },

  {
    rule: 'what an empty NotAction does is not documented',
    source: 'checks',
    statements: [{ NotAction: [] }],
    expect: 'unknown',
  },
  {
    rule: 'nor what an empty NotResource does',
    source: 'checks',
    statements: [{ Effect: 'Deny', NotResource: [] }],
    besideAllow: true,
    expect: 'unknown',
  },
  {
    rule: 'a wildcard in the region needs no path to match',
    source: 'resource',
    statements: [{ Resource: `${SERVICE.replace('us-east-1', 'us-*-1')}/*` }],
    request: { path: undefined },
    expect: 'allowed',
  },
  {
    rule: 'a wildcard in the service is not supported, whatever the path',
    source: 'arns',
    statements: [{ Resource: `${SERVICE.replace('lattice', '*')}/*` }],
    request: { path: undefined },
    expect: 'unknown',
  },
  {
    rule: 'a "*" at the end of an ARN reaches over what follows',
    source: 'resource',
    statements: [{ Resource: 'arn:aws:vpc-lattice:*' }],
    expect: 'allowed',
  },
];
