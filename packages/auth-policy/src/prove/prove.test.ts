import { synthesize } from '../synthesize/synthesize';
import { DecideOptions } from '../types';
import { prove } from './prove';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const NETWORK =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';
const ROLE = 'arn:aws:iam::445566778899:role/orders-client';
const OTHER = 'arn:aws:iam::445566778899:role/batch';

const theirs = `{ "Sid":"Theirs", "Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*" }`;
const enforced = {
  authType: 'AWS_IAM' as const,
  policy: `{"Version":"2012-10-17","Statement":[${theirs}]}`,
};
const allowAll = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

function call(
  request: Partial<DecideOptions['request']> & { roleArn?: string | null } = {},
  options: Partial<DecideOptions> = {},
): DecideOptions {
  const { roleArn = ROLE, ...rest } = request;
  const name = roleArn?.split('/').pop();
  return {
    request: {
      caller: roleArn
        ? {
            kind: 'signed',
            arn: `arn:aws:sts::445566778899:assumed-role/${name}/i-1`,
            roleArn,
            organizationId: 'none',
            tags: {},
          }
        : { kind: 'anonymous' },
      method: 'GET',
      path: '/orders/1041',
      query: {},
      headers: {},
      port: 443,
      sourceVpc: 'vpc-1',
      sourceVpcOwnerAccount: '445566778899',
      serviceArn: SERVICE,
      serviceNetworkArn: NETWORK,
      serviceTags: {},
      time: Date.UTC(2026, 10, 1),
      ...rest,
    },
    network: { authType: 'NONE' },
    service: enforced,
    identity: { policies: [allowAll] },
    ...options,
  };
}

describe('synthesize and prove', () => {
  it('adds the least to every document that denies', () => {
    const denials = [
      call({}, { network: enforced, identity: { policies: [] } }),
      call(
        { path: '/orders/1042', method: 'PUT' },
        { network: enforced, identity: { policies: [] } },
      ),
      call({ path: '/orders/7', method: 'PUT' }),
      call({ path: '/health' }),
      call({ path: '/health', roleArn: OTHER, sourceVpc: 'vpc-2' }),
    ];
    const { edits, blocked } = synthesize({
      denials,
      sidPrefix: 'LatticePortalR',
      expiresAt: new Date('2026-12-24T18:00:00Z'),
    });
    const until = { 'aws:CurrentTime': '2026-12-24T18:00:00Z' };
    const statement = {
      Sid: 'LatticePortalR1',
      Effect: 'Allow',
      Principal: { AWS: ROLE },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/orders/*`,
      Condition: {
        StringEquals: {
          'vpc-lattice-svcs:RequestMethod': ['GET', 'PUT'],
          'vpc-lattice-svcs:SourceVpc': 'vpc-1',
        },
        DateLessThan: until,
      },
    };
    const { Principal: _, ...identity } = statement;

    expect(blocked).toEqual([]);
    expect(
      edits.map(({ layer, resource, statements }) => ({
        layer,
        resource,
        statements,
      })),
    ).toEqual([
      { layer: 'network', resource: NETWORK, statements: [statement] },
      {
        layer: 'service',
        resource: SERVICE,
        statements: [
          statement,
          expect.objectContaining({
            Sid: 'LatticePortalR2',
            Principal: { AWS: ROLE },
            Resource: `${SERVICE}/health`,
          }),
          expect.objectContaining({
            Sid: 'LatticePortalR3',
            Principal: { AWS: OTHER },
          }),
        ],
      },
      { layer: 'identity', resource: ROLE, statements: [identity] },
    ]);
    expect(edits[0].after).toContain(theirs);
    expect(prove({ edits, denials, recorded: denials })).toMatchObject({
      holds: true,
      notFlipped: [],
      alsoChanged: [],
    });
  });

  it('says what else would change and what else would be allowed', () => {
    const denials = [call()];
    const { edits } = synthesize({ denials, sidPrefix: 'A' });
    const proof = prove({
      edits,
      denials,
      recorded: [
        ...denials,
        call({ path: '/orders/2' }),
        call({ path: '/health' }),
        call({ roleArn: OTHER }),
        call({ sourceVpc: 'vpc-9' }),
      ],
    });

    expect(proof).toMatchObject({
      holds: false,
      notFlipped: [],
      alsoChanged: [{ index: 1, before: 'denied', after: 'allowed' }],
    });
    expect(proof.newlyAllowed).toEqual([
      {
        layer: 'service',
        resource: SERVICE,
        sentences: [
          `role orders-client of account 445566778899 may make GET requests to ${SERVICE}/orders/* from vpc-1.`,
          'Beyond the calls: every session of orders-client, not only i-1.',
          `Beyond the calls: every path that matches ${SERVICE}/orders/*, not only /orders/1041; "*" also spans slashes.`,
          'Beyond the calls: any query, headers and port, unless said above.',
        ],
        examples: [
          expect.objectContaining({
            path: expect.stringMatching(/^\/orders\//),
          }),
        ],
      },
    ]);
    expect(
      prove({
        ...synthesize({ denials, sidPrefix: 'A', generalise: false }),
        denials,
        recorded: [call({ path: '/orders/2' })],
      }).holds,
    ).toBe(true);
  });

  it('allows anonymous callers only what was asked', () => {
    const denials = [call({ roleArn: null })];
    const { edits } = synthesize({ denials, sidPrefix: 'A' });

    expect(edits[0].statements[0]).toMatchObject({
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } },
    });
    expect(prove({ edits, denials, recorded: [call()] }).holds).toBe(true);
  });

  it('does not take the root user for its account', () => {
    const root = call();
    const denial: DecideOptions = {
      ...root,
      request: {
        ...root.request,
        caller: { kind: 'signed', arn: 'arn:aws:iam::445566778899:root' },
      },
    };
    const { edits } = synthesize({ denials: [denial], sidPrefix: 'A' });

    expect(prove({ edits, denials: [denial], recorded: [call()] }).holds).toBe(
      true,
    );
  });

  it('writes a document where there is none', () => {
    const denials = [call({}, { service: { authType: 'AWS_IAM' } })];
    const { edits } = synthesize({ denials, sidPrefix: 'A' });

    expect(JSON.parse(edits[0].after)).toMatchObject({
      Version: '2012-10-17',
      Statement: [{ Sid: 'A1' }],
    });
    expect(prove({ edits, denials, recorded: [] }).holds).toBe(true);
  });

  it('says which denials adding does not turn', () => {
    const deny = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Never',
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          Resource: '*/admin',
        },
      ],
    };
    const denials = [
      call(
        { path: '/admin' },
        { network: enforced, service: { authType: 'AWS_IAM', policy: deny } },
      ),
      call({}, { identity: undefined }),
      call({ serviceNetworkArn: undefined }, { network: enforced }),
    ];
    const { edits, blocked } = synthesize({ denials, sidPrefix: 'A' });

    expect(blocked).toMatchObject([
      {
        index: 0,
        layer: 'service',
        result: 'explicitly-denied',
        statement: { sid: 'Never' },
      },
      { index: 1, layer: 'identity', result: 'unknown' },
      { index: 2, layer: 'network', result: 'implicitly-denied' },
    ]);
    expect(edits.map(({ layer }) => layer)).toEqual(['service']);
    expect(
      prove({ edits, denials, recorded: [] }).notFlipped.map(
        ({ index, verdict }) => [index, verdict.outcome],
      ),
    ).toEqual([
      [0, 'denied'],
      [1, 'unknown'],
      [2, 'denied'],
    ]);
  });

  it('names a TCP connection as such', () => {
    const denials = [call({ transport: 'tcp', path: undefined })];
    const { edits, blocked } = synthesize({ denials, sidPrefix: 'A' });

    expect(blocked).toEqual([]);
    expect(edits[0].statements).toEqual([
      {
        Sid: 'A1',
        Effect: 'Allow',
        Principal: { AWS: ROLE },
        Action: 'vpc-lattice-svcs:Connect',
        Resource: SERVICE,
        Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } },
      },
    ]);
    expect(prove({ edits, denials, recorded: [] }).holds).toBe(true);
  });

  it('says what added statements leave as it is', () => {
    const denials = [
      call({}, { limits: { serviceControlPolicies: [{ policies: [] }] } }),
      call({ transport: 'tls-passthrough', path: undefined }),
    ];
    const { blocked } = synthesize({ denials, sidPrefix: 'A' });

    expect(blocked).toMatchObject([
      { index: 0, layer: 'service-control-policy' },
      { index: 1, layer: 'service', result: 'implicitly-denied' },
    ]);
  });

  it('refuses a prefix that makes no Sid', () => {
    expect(() => synthesize({ denials: [], sidPrefix: 'a-' })).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
