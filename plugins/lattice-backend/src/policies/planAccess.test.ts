import type { AuthorizationRequest } from '@lattice-portal/auth-policy';
import type { LayerPolicy } from './PolicyLookup';
import { planAccess } from './planAccess';

const account = '223344556677';
const serviceArn = `arn:aws:vpc-lattice:us-east-1:${account}:service/svc-1`;
const networkArn = `arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-1`;
const callerId = 'arn:aws:iam::667788990011:role/batch';
const invoke = 'vpc-lattice-svcs:Invoke';
const identity = {
  policies: [
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: invoke, Resource: '*' }],
    },
  ],
};
const request: AuthorizationRequest = {
  caller: {
    kind: 'signed',
    arn: 'arn:aws:sts::667788990011:assumed-role/batch/any',
    roleArn: callerId,
  },
  method: 'GET',
  path: '/items/1',
  sourceVpc: 'vpc-5',
  serviceArn,
  serviceNetworkArn: networkArn,
};

const policyOf = (
  layer: 'network' | 'service',
  ...statements: object[]
): LayerPolicy => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: statements,
  });
  return {
    attachment: { authType: 'AWS_IAM', policy: document },
    used: {
      layer,
      name: layer,
      document,
      resourceArn: layer === 'network' ? networkArn : serviceArn,
    },
    assumed: [],
  };
};
const statement = (values: object) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: invoke,
  Resource: '*',
  ...values,
});
const everybody = statement({});
const otherVpc = statement({
  Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } },
});
const otherRole = statement({
  Principal: { AWS: `arn:aws:iam::${account}:role/orders` },
});
const tenant = statement({
  Condition: {
    StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-tenant': 'a' },
  },
});
const denial = statement({ Effect: 'Deny' });

function plan(options: {
  network: object[];
  service: object[];
  identity?: Parameters<typeof planAccess>[0]['identity'];
  mayRead?: (arn: string) => boolean;
}) {
  return planAccess({
    requests: [request],
    callerId,
    roleArn: callerId,
    network: policyOf('network', ...options.network),
    service: policyOf('service', ...options.service),
    identity: 'identity' in options ? options.identity : identity,
    sid: 'LatticePortalx',
    methods: ['GET'],
    paths: ['/items/*'],
    sourceVpc: 'vpc-5',
    mayRead: options.mayRead ?? (() => true),
  });
}

describe('planAccess', () => {
  it.each<[string, Parameters<typeof plan>[0], object]>([
    [
      'nothing where all is allowed',
      { network: [everybody], service: [everybody] },
      { changes: [], proof: { outcome: 'allowed' }, against: [], open: [] },
    ],
    [
      'the service alone',
      { network: [everybody], service: [otherRole] },
      {
        changes: [{ layer: 'service', resourceArn: serviceArn }],
        proof: { outcome: 'allowed' },
        against: [],
      },
    ],
    [
      'both layers, the network for the one VPC',
      { network: [otherVpc], service: [otherRole] },
      {
        changes: [
          {
            layer: 'network',
            statement: {
              Resource: `${serviceArn}/items/*`,
              Condition: {
                StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-5' },
              },
            },
          },
          {
            layer: 'service',
            statement: { Principal: { AWS: callerId } },
          },
        ],
        proof: { outcome: 'allowed' },
      },
    ],
    [
      'not against an explicit deny',
      { network: [everybody], service: [denial] },
      {
        changes: [],
        proof: { outcome: 'denied' },
        against: [expect.stringContaining('no other statement can undo')],
      },
    ],
    [
      'not around a condition that may be met',
      { network: [everybody], service: [tenant] },
      {
        changes: [],
        proof: { outcome: 'unknown' },
        open: [expect.stringContaining('x-tenant')],
      },
    ],
    [
      'not for a role that may not call at all',
      {
        network: [everybody],
        service: [otherRole],
        identity: { policies: [] },
      },
      {
        proof: { outcome: 'denied' },
        against: [
          expect.stringContaining(
            'The role batch in account 667788990011 needs an identity policy',
          ),
        ],
      },
    ],
    [
      'with a word of warning for unknown identity policies',
      { network: [everybody], service: [otherRole], identity: undefined },
      {
        changes: [{}],
        proof: { outcome: 'unknown' },
        open: [expect.any(String)],
      },
    ],
  ])('plans %s', (_, options, expected) => {
    expect(plan(options)).toMatchObject(expected);
  });

  it('does not quote policies that the viewer may not read', () => {
    const { against } = plan({
      network: [everybody, { ...denial, Sid: 'Secret' }],
      service: [otherRole],
      identity: { policies: [] },
      mayRead: () => false,
    });
    expect(against).toHaveLength(2);
    expect(against.join()).not.toMatch(/Secret|role\/orders/);
  });

  it('adds to the document and leaves the rest alone', () => {
    const { changes } = plan({ network: [everybody], service: [otherRole] });
    const { Statement } = JSON.parse(changes[0].after);
    expect(Statement).toEqual([otherRole, changes[0].statement]);
    expect(JSON.parse(changes[0].before!).Statement).toEqual([otherRole]);
    expect(changes[0].charactersLeft).toBe(10_000 - changes[0].after.length);
  });
});
