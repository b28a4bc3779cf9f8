import fc from 'fast-check';
import { decideOutcome } from '@lattice-portal/auth-policy';
import { callerOf } from '../classify/callerOf';
import type { AccessLogRecord } from '../types';
import { PathFolder } from './PathFolder';
import { PolicyReplay } from './PolicyReplay';
import { replayCalls } from './replayCalls';
import type { ReplayCall } from './types';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';
const OTHER =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60719';
const NETWORK =
  'arn:aws:vpc-lattice:us-east-1:223344556677:servicenetwork/sn-0a1b2c3d4e5f60718';

function call(fields: Partial<AccessLogRecord> = {}): AccessLogRecord {
  return {
    startTime: '2026-11-22T10:00:00Z',
    timestamp: Date.UTC(2026, 10, 22, 10),
    serviceArn: SERVICE,
    serviceNetworkArn: NETWORK,
    resolvedUser: 'arn:aws:sts::445566778899:assumed-role/orders/i-1',
    requestMethod: 'GET',
    requestPath: '/orders/1041',
    responseCode: 200,
    targetGroupArn: 'arn:tg',
    other: {},
    ...fields,
  };
}

const refused = (reason: AccessLogRecord['authDeniedReason']) => ({
  authDeniedReason: reason,
  responseCode: 403,
  targetGroupArn: undefined,
});

function allow(fields: object = {}): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        ...fields,
      },
    ],
  };
}

const readOrders = allow({ Resource: `${SERVICE}/orders/*` });
const nobody = allow({ Resource: `${OTHER}/*` });

describe('replayCalls', () => {
  it.each<[string, Partial<AccessLogRecord>, object, string]>([
    ['what is let through as before', {}, { service: readOrders }, 'unchanged'],
    ['what is refused now', {}, { service: nobody }, 'newlyDenied'],
    [
      'what the target refused was let through by the policies',
      { responseCode: 403 },
      { service: readOrders },
      'unchanged',
    ],
    [
      'what is let through now',
      refused('Service'),
      { service: readOrders },
      'newlyAllowed',
    ],
    [
      'what is refused as before',
      refused('Service'),
      { service: nobody },
      'unchanged',
    ],
    [
      'what a layer refused for which nothing is proposed',
      refused('Network'),
      { service: readOrders },
      'unchanged',
    ],
    [
      'what the network refused',
      refused('Network'),
      { network: allow() },
      'newlyAllowed',
    ],
    [
      'what the identity policy refused',
      refused('Identity'),
      { network: allow(), service: readOrders },
      'unchanged',
    ],
    [
      'a service for which nothing is proposed',
      { serviceArn: OTHER },
      { service: nobody },
      'unchanged',
    ],
    [
      'a network that refuses a service for which nothing is proposed',
      { serviceArn: OTHER },
      { network: readOrders },
      'newlyDenied',
    ],
    [
      'who is not on record, where only some may call',
      { resolvedUser: undefined },
      { service: allow({ Principal: { AWS: '445566778899' } }) },
      'unknown',
    ],
    [
      'who is not on record, where everybody may call',
      { resolvedUser: undefined },
      { service: readOrders },
      'unchanged',
    ],
    [
      'who is not on record, where only some may call something else',
      { resolvedUser: undefined },
      {
        service: allow({
          Principal: { AWS: '445566778899' },
          Resource: '*/rates',
        }),
      },
      'newlyDenied',
    ],
    [
      'who is not on record, where nobody may call that',
      { resolvedUser: undefined, requestPath: '/health' },
      {
        service: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: '*',
              Resource: '*/health',
            },
          ],
        },
      },
      'newlyDenied',
    ],
    [
      'who is not on record, and was refused like everybody',
      { resolvedUser: undefined, ...refused('Service') },
      { service: readOrders },
      'newlyAllowed',
    ],
    [
      'what failed',
      { failureReason: 'TargetConnectionError' },
      { service: readOrders },
      'unknown',
    ],
    [
      'an anonymous call',
      { resolvedUser: 'Anonymous', ...refused('Service') },
      { service: readOrders },
      'newlyAllowed',
    ],
    [
      'what hangs on a header',
      {},
      {
        service: allow({
          Condition: {
            StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' },
          },
        }),
      },
      'unknown',
    ],
    [
      'a policy that is invalid',
      {},
      { service: { Statement: 'x' } },
      'unknown',
    ],
  ])('%s', async (_, fields, given, expected) => {
    const { network, service } = given as {
      network?: object;
      service?: object;
    };
    const { groups, unchangedGroups, ...counts } = await replayCalls({
      calls: [{ record: call(fields), count: 3 }],
      policies: {
        network,
        services: service ? new Map([[SERVICE, service]]) : undefined,
      },
    });
    expect(counts).toEqual({
      newlyAllowed: 0,
      newlyDenied: 0,
      unchanged: 0,
      unknown: 0,
      [expected]: 3,
    });
    expect(groups.map(group => group.count)).toEqual(
      expected === 'unchanged' ? [] : [3],
    );
    const { serviceArn = SERVICE } = fields as { serviceArn?: string };
    const isTouched = network || (service && serviceArn === SERVICE);
    expect(groups.length + unchangedGroups.count).toBe(isTouched ? 1 : 0);
    for (const group of groups) {
      expect(group.reasons.length > 0).toBe(expected === 'unknown');
    }
  });

  it('groups by caller, service, method and path shape, with examples', async () => {
    const { groups } = await replayCalls({
      calls: [1, 2, 3, 4, 5].map(id => ({
        record: call({ requestPath: `/orders/${id}`, requestId: `r-${id}` }),
      })),
      policies: { services: new Map([[SERVICE, nobody]]) },
    });
    expect(groups).toEqual([
      {
        change: 'newly-denied',
        caller: 'arn:aws:iam::445566778899:role/orders',
        serviceArn: SERVICE,
        method: 'GET',
        path: '/orders/*',
        count: 5,
        reasons: [],
        examples: [1, 2, 3].map(id => ({
          requestId: `r-${id}`,
          startTime: '2026-11-22T10:00:00Z',
          path: `/orders/${id}`,
          outcome: 'allowed',
          sourceVpcId: undefined,
        })),
      },
    ]);
  });

  it('groups what stays as it was, the largest first', async () => {
    const { groups, unchanged, unchangedGroups } = await replayCalls({
      calls: Array.from({ length: 250 }, (_, index) => ({
        record: call({
          requestMethod: `M${index % 120}`,
          requestPath: `/orders/${index}`,
          requestId: `r-${index}`,
        }),
      })),
      policies: { services: new Map([[SERVICE, readOrders]]) },
    });
    expect(groups).toEqual([]);
    expect(unchanged).toBe(250);
    expect(unchangedGroups.count).toBe(120);
    expect(unchangedGroups.largest).toHaveLength(100);
    expect(unchangedGroups.largest[0]).toMatchObject({
      change: 'unchanged',
      caller: 'arn:aws:iam::445566778899:role/orders',
      method: 'M0',
      path: '/orders/*',
      count: 3,
      reasons: [],
      examples: [0, 120, 240].map(id => ({ requestId: `r-${id}` })),
    });
  });

  it('takes calls in batches too', async () => {
    const calls: ReplayCall[] = ['/orders/1', '/rates', '/orders/2'].map(
      (requestPath, index) => ({
        record: call({ requestPath }),
        count: index + 1,
      }),
    );
    async function* batches() {
      yield calls.slice(0, 2);
      yield [];
      yield* calls.slice(2);
    }
    const result = await replayCalls({
      calls: batches(),
      policies: { services: new Map([[SERVICE, readOrders]]) },
    });
    expect(result).toMatchObject({ unchanged: 1 + 3, newlyDenied: 2 });
  });

  it('tells how far it is, and stops when asked to', async () => {
    const ending = new AbortController();
    const seen: number[] = [];
    async function* endless(): AsyncGenerator<ReplayCall> {
      for (;;) {
        yield { record: call() };
      }
    }
    await expect(
      replayCalls({
        calls: endless(),
        policies: { network: allow() },
        signal: ending.signal,
        onProgress: ({ calls }) => {
          seen.push(calls);
          if (seen.length === 3) {
            ending.abort(new Error('enough'));
          }
        },
      }),
    ).rejects.toThrow('enough');
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(seen[0]).toBeGreaterThan(0);
  });
});

describe('PathFolder', () => {
  const folder = (...resources: string[]) =>
    PathFolder.create({
      serviceArn: SERVICE,
      policies: [
        {
          kind: 'resource',
          statements: resources.map((resource, index) => ({
            index,
            effect: 'Allow',
            action: { negated: false, patterns: ['*'] },
            resource: { negated: false, patterns: [resource] },
          })),
        },
      ],
    });

  it.each([
    [['*'], '/orders/1041/b7', '/0/0/0'],
    [[`${SERVICE}/orders/*`], '/Orders/1041', '/Orders/0'],
    [[`${SERVICE}/v2/*`], '/v2/v1024', '/v2/0'],
    [[`${OTHER}/v2/*`], '/v2/1024', '/0/0'],
    [[`${SERVICE}/or*`], '/orders/or/for', '/orders/or/0'],
    [[`${SERVICE}/*ers/`], '/orders/ers/a.html', '/orders/ers/0.0'],
    [[`${SERVICE}/a*rd*`], '/orders/1', '/orders/0'],
    [['*/svc-1/0/*'], '/svc-1/0/2', '/svc-1/0/1'],
    [[`${SERVICE}/a?/*`], '/a1/1', '/a1/1'],
    [[`${SERVICE}/\${aws:PrincipalAccount}/*`], '/1/1', '/1/1'],
    [['*'], '/a%41', '/a%41'],
    [['*'], '/é1', '/é1'],
  ])('of %s takes %s for %s', (resources, path, folded) => {
    expect(folder(...resources).fold(path)).toBe(folded);
  });
});

describe('PolicyReplay', () => {
  const segment = fc.constantFrom(
    'orders',
    'Orders',
    'v2',
    '1041',
    '20',
    'a.b',
    '..',
    '',
    'a-1',
    '%41',
  );
  const path = fc
    .array(segment, { maxLength: 4 })
    .map(parts => `/${parts.join('/')}`);
  const pattern = fc
    .array(fc.oneof(segment, fc.constantFrom('*', '2*', 'o*s', '??')), {
      maxLength: 3,
    })
    .map(parts => `/${parts.join('/')}`);
  const resource = fc.oneof(
    pattern.map(text => `${SERVICE}${text}`),
    pattern.map(text => `${OTHER}${text}`),
    pattern.map(text => `arn:aws:vpc-lattice:*:*:service/*${text}`),
    pattern.map(text => `*${text}`),
  );
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom(
      '*',
      '*',
      { AWS: '445566778899' },
      { AWS: 'arn:aws:iam::445566778899:role/orders' },
      { AWS: 'arn:aws:sts::445566778899:assumed-role/orders/i-1' },
      { AWS: 'arn:aws:iam::556677889900:user/orders' },
      { AWS: 'AROAEXAMPLEID' },
      { Service: 'ec2.amazonaws.com' },
    ),
    Action: fc.constant('*'),
    Resource: resource,
    Condition: fc.oneof(
      fc.constant({}),
      pattern.map(text => ({
        StringLike: { 'vpc-lattice-svcs:RequestPath': text },
      })),
      pattern.map(text => ({
        StringNotEqualsIgnoreCase: { 'vpc-lattice-svcs:RequestPath': text },
      })),
      fc.constant({
        DateLessThan: { 'aws:CurrentTime': '2026-11-22T10:00:01Z' },
      }),
      fc.constant({ StringEquals: { 'aws:PrincipalTag/team': 'a' } }),
      fc
        .constantFrom('role/orders', 'assumed-role/orders/i-1', '*')
        .map(name => ({
          ArnLike: { 'aws:PrincipalArn': `arn:aws:*::445566778899:${name}` },
        })),
      fc
        .tuple(
          fc.constantFrom(
            'StringEquals',
            'StringNotEqualsIgnoreCase',
            'StringLike',
            'StringNotLikeIfExists',
          ),
          fc.constantFrom(
            'vpc-1',
            'VPC-1',
            'vpc-*1',
            'VPC*',
            'vpc-?',
            'vpc-${aws:PrincipalAccount}',
          ),
        )
        .map(([operator, text]) => ({
          [operator]: { 'vpc-lattice-svcs:SourceVpc': text },
        })),
      fc.constant({ Null: { 'vpc-lattice-svcs:SourceVpc': 'true' } }),
      fc.constant({
        StringEquals: { 'vpc-lattice-svcs:SourceVpcOwnerAccount': '1' },
      }),
      fc.constant({ StringLike: { 'aws:userid': '*:i-1' } }),
      fc.constant({ StringEquals: { 'aws:PrincipalAccount': '667788990011' } }),
      fc.constant({ StringEquals: { 'aws:PrincipalType': 'User' } }),
      fc.constant({
        StringEquals: { 'aws:PrincipalOrgID': 'o-lattice01' },
      }),
      fc.constant({
        StringNotEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
      }),
    ),
  });
  const policy = fc
    .array(statement, { minLength: 1, maxLength: 4 })
    .map(Statement => ({ Version: '2012-10-17', Statement }));

  it('says of every call what deciding it alone says', () => {
    fc.assert(
      fc.property(
        policy,
        policy,
        fc.array(
          fc.record({
            requestPath: path,
            resolvedUser: fc.constantFrom(
              'arn:aws:sts::445566778899:assumed-role/orders/i-1',
              'arn:aws:sts::445566778899:assumed-role/orders/i-2',
              'arn:aws:iam::445566778899:role/orders',
              'arn:aws:sts::556677889900:assumed-role/orders/i-1',
              'arn:aws:iam::556677889900:user/orders',
              'arn:aws:sts::667788990011:assumed-role/refunds/i-1',
              'arn:aws:iam::667788990011:role/teams/refunds',
              'arn:aws:iam::667788990011:root',
              'arn:aws:iam::667788990011:group/odd',
              'somebody',
              undefined,
            ),
            callerPrincipalOrgId: fc.constantFrom(undefined, 'o-lattice01'),
            sourceVpcId: fc.constantFrom(
              'vpc-1',
              'vpc-2',
              'vpc-21',
              'VPC-1',
              undefined,
            ),
            timestamp: fc.constantFrom(0, Date.UTC(2026, 10, 22, 10, 1)),
            callerPrincipalTags: fc.constantFrom({ team: 'a' }, { team: 'b' }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        (network, service, calls) => {
          const replay = PolicyReplay.create({
            network,
            services: new Map([[SERVICE, service]]),
          });
          for (const fields of calls) {
            const record = call(fields);
            const verdict = decideOutcome({
              request: {
                caller: record.resolvedUser?.startsWith('arn:')
                  ? {
                      kind: 'signed',
                      arn: record.resolvedUser,
                      organizationId: record.callerPrincipalOrgId,
                      tags: record.callerPrincipalTags,
                    }
                  : { kind: 'unknown' },
                method: 'GET',
                path: record.requestPath,
                sourceVpc: record.sourceVpcId,
                serviceArn: SERVICE,
                serviceNetworkArn: NETWORK,
                time: record.timestamp,
              },
              network: { authType: 'AWS_IAM', policy: network },
              service: { authType: 'AWS_IAM', policy: service },
              identity: {
                policies: [
                  {
                    Statement: [
                      { Effect: 'Allow', Action: '*', Resource: '*' },
                    ],
                  },
                ],
              },
            });
            const change = replay.changeOf({
              record,
              caller: callerOf(record),
              outcome: 'allowed',
            });
            expect([fields.requestPath, change]).toEqual([
              fields.requestPath,
              {
                allowed: 'unchanged',
                denied: 'newly-denied',
                unknown: 'unknown',
              }[verdict],
            ]);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
