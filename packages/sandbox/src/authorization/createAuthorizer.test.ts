import { Estate } from '../estate/Estate';
import { createAuthorizer } from './createAuthorizer';

const accountId = '223344556677';
const arn = `arn:aws:iam::${accountId}:role/team/worker`;
const service = 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-01';

function authorize(options: {
  statements: object[];
  call: [string, string, object?];
  principalArn?: string;
}) {
  const { statements, call } = options;
  const estate = new Estate();
  estate.roles.put(arn, {
    arn,
    accountId,
    name: 'worker',
    path: '/team/',
    id: 'AROA',
    trustPolicy: {},
    inlinePolicies: {
      policy: { Version: '2012-10-17', Statement: statements },
    },
    attachedPolicyArns: [],
    tags: { team: 'a' },
    createdAt: '',
  });
  const principalArn =
    options.principalArn ??
    `arn:aws:sts::${accountId}:assumed-role/worker/session`;
  const [name, operation, input = {}] = call;
  createAuthorizer({ estate })({
    service: name,
    operation,
    input,
    caller: { accountId, region: 'us-east-1', principalArn },
  });
}

const allow = (
  Action: unknown,
  Resource: unknown = '*',
  Condition?: object,
) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (
  Action: unknown,
  Resource: unknown = '*',
  Condition?: object,
) => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});
const get: [string, string, object] = [
  'vpc-lattice',
  'GetAuthPolicy',
  { resourceIdentifier: 'svc-01' },
];
const network = 'arn:aws:vpc-lattice:us-east-1:1:servicenetwork/sn-1';
const share = (
  allowExternalPrincipals: boolean | undefined,
  resourceArns = [network],
): [string, string, object] => [
  'ram',
  'CreateResourceShare',
  { allowExternalPrincipals, resourceArns },
];
const shareWithin = allow('ram:CreateResourceShare', '*', {
  Bool: { 'ram:RequestedAllowsExternalPrincipals': 'false' },
  StringEquals: { 'ram:RequestedResourceType': 'vpc-lattice:ServiceNetwork' },
});
const create: [string, string] = ['vpc-lattice', 'CreateService'];
const stack: [string, string, object] = [
  'cloudformation',
  'CreateStack',
  { StackName: 'SC-1' },
];
const makeFunction: [string, string, object] = [
  'lambda',
  'CreateFunction',
  { FunctionName: 'SC-f', Role: arn },
];

describe('createAuthorizer', () => {
  it.each<[string, object[], [string, string, object?], boolean]>([
    ['nothing', [], get, false],
    ['the caller identity', [], ['sts', 'GetCallerIdentity'], true],
    ['an action', [allow('vpc-lattice:GetAuthPolicy')], get, true],
    ['any case', [allow('VPC-Lattice:getauthpolicy')], get, true],
    ['wildcards', [allow('vpc-lattice:Get*')], get, true],
    ['another action', [allow('vpc-lattice:PutAuthPolicy')], get, false],
    [
      'NotAction',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      get,
      true,
    ],
    ['its ARN, given its id', [allow('*', service)], get, true],
    ['another ARN', [allow('*', `${service}2`)], get, false],
    ['a deny', [allow('*'), deny('vpc-lattice:*', service)], get, false],
    [
      'what is made',
      [allow('*', 'arn:aws:vpc-lattice:*:*:service/*')],
      create,
      true,
    ],
    [
      'made elsewhere',
      [allow('*', 'arn:aws:vpc-lattice:eu-*:*:*')],
      create,
      false,
    ],
    [
      'stacks by name',
      [allow('*', 'arn:aws:cloudformation:*:*:stack/SC-*')],
      stack,
      true,
    ],
    [
      'other stacks',
      [allow('*', 'arn:aws:cloudformation:*:*:stack/X-*')],
      stack,
      false,
    ],
    ['a function alone', [allow('lambda:CreateFunction')], makeFunction, false],
    [
      'a function and its role',
      [
        allow('lambda:CreateFunction'),
        allow('iam:PassRole', '*', {
          StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        }),
      ],
      makeFunction,
      true,
    ],
    [
      'a tag',
      [allow('*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })],
      get,
      true,
    ],
    [
      'another tag',
      [allow('*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'b' } })],
      get,
      false,
    ],
    [
      'a key that is absent',
      [allow('*', '*', { StringEquals: { 'a:b': 'c' } })],
      get,
      false,
    ],
    ['its absence', [allow('*', '*', { Null: { 'a:b': 'true' } })], get, true],
    [
      'a region',
      [allow('*', '*', { StringNotLike: { 'aws:RequestedRegion': 'us-*' } })],
      get,
      false,
    ],
    [
      'an allow by the hour',
      [
        allow('*', '*', {
          DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
        }),
      ],
      get,
      false,
    ],
    [
      'a deny by the hour',
      [
        allow('*'),
        deny('*', '*', {
          DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
        }),
      ],
      get,
      false,
    ],
    [
      'a security group in a VPC that is allowed',
      [
        allow('ec2:CreateSecurityGroup', [
          'arn:aws:ec2:*:*:vpc/vpc-1',
          'arn:aws:ec2:*:*:security-group/*',
        ]),
      ],
      ['ec2', 'CreateSecurityGroup', { VpcId: 'vpc-1' }],
      true,
    ],
    [
      'a security group in another VPC',
      [
        allow('ec2:CreateSecurityGroup', [
          'arn:aws:ec2:*:*:vpc/vpc-1',
          'arn:aws:ec2:*:*:security-group/*',
        ]),
      ],
      ['ec2', 'CreateSecurityGroup', { VpcId: 'vpc-2' }],
      false,
    ],
    ['a share within the organization', [shareWithin], share(false), true],
    ['a share that could go outside', [shareWithin], share(true), false],
    ['a share that RAM lets outside', [shareWithin], share(undefined), false],
    [
      'a share of something else',
      [shareWithin],
      share(false, ['arn:aws:vpc-lattice:us-east-1:1:service/svc-1']),
      false,
    ],
    [
      'a share of several types',
      [shareWithin],
      share(false, [network, 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1']),
      false,
    ],
  ])('with %s', (_, statements, call, isAllowed) => {
    let refusal: string | undefined;
    try {
      authorize({ statements, call });
    } catch (error) {
      refusal = (error as Error).message;
    }
    expect(refusal?.includes('is not authorized to') ?? false).toBe(!isAllowed);
  });

  it('lets root do all, and a role that is gone nothing', () => {
    const principalArn = `arn:aws:iam::${accountId}:root`;
    expect(() =>
      authorize({ statements: [], call: get, principalArn }),
    ).not.toThrow();
    expect(() =>
      authorize({
        statements: [allow('*')],
        call: get,
        principalArn: `arn:aws:sts::${accountId}:assumed-role/gone/me`,
      }),
    ).toThrow(/no identity-based policy allows the vpc-lattice:GetAuthPolicy/);
  });
});
