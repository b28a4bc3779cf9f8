import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { callerOf, classify } from '@lattice-portal/access-logs';
import { decide } from '@lattice-portal/auth-policy';
import {
  callOf,
  networkArn,
  otherServiceArn,
  policyEstate,
  refusedBy,
  serviceArn,
} from '../__testUtils__/policyEstate';
import { recordsOf } from '../__testUtils__/recordsOf';
import { toOpenRequest } from '../policies/toAuthorizationRequest';
import type { PolicyChange } from './PolicyChange';
import { replayTraffic } from './replayTraffic';
import { OPEN_IDENTITY, StatementProbe } from './StatementProbe';

jest.setTimeout(60_000);

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 22);
const window = { from: start, to: start + 24 * hour };
const now = start + 25 * hour;

const statement = (fields: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...fields,
});
const policy = (...statements: object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});
const readers = statement({ Resource: `${serviceArn}/orders/*` });
const ofRole = {
  Principal: { AWS: 'arn:aws:iam::445566778899:role/orders' },
};
const nobody = statement({ Resource: `${serviceArn}/nowhere` });
const hangsOnHeader = statement({
  Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' } },
});
const change = (
  before: object | undefined,
  after: object,
  layer: PolicyChange['layer'] = 'service',
): PolicyChange => ({
  layer,
  resourceArn: layer === 'service' ? serviceArn : networkArn,
  before: before && JSON.stringify(before),
  after: JSON.stringify(after),
});

type Estate = Parameters<typeof policyEstate>[0];

async function replay(options: {
  estate?: Estate;
  changes: PolicyChange[];
  calls: ReturnType<typeof callOf>[];
}) {
  return replayTraffic({
    ...policyEstate(options.estate ?? {}),
    changes: options.changes,
    window,
    records: recordsOf(options.calls),
    now,
    signal: new AbortController().signal,
  });
}

const sumOf = (result: Awaited<ReturnType<typeof replay>>) =>
  result.services.reduce(
    (sum, { counts }) =>
      Object.fromEntries(
        Object.entries(counts).map(([key, count]) => [
          key,
          count + (sum[key] ?? 0),
        ]),
      ),
    {} as Record<string, number>,
  );

const identity = (
  effect: 'Allow' | 'Deny',
  resource = '*',
  condition?: object,
) => ({
  policies: [
    {
      Statement: [
        {
          Effect: effect,
          Action: '*',
          Resource: resource,
          Condition: condition,
        },
      ],
    },
  ],
});

describe('replayTraffic', () => {
  const opened = change(policy(nobody), policy(nobody, readers));
  const closed = change(policy(readers), policy(nobody));

  it.each<
    [
      string,
      Parameters<typeof callOf>[0],
      { changes: PolicyChange[]; estate?: Estate },
      string,
    ]
  >([
    [
      'what gets in',
      refusedBy('Service'),
      { changes: [opened], estate: { identity: identity('Allow') } },
      'newlyAllowed',
    ],
    [
      'what its own policies refuse',
      refusedBy('Service'),
      { changes: [opened], estate: { identity: identity('Deny') } },
      'unchanged',
    ],
    [
      'what nobody can say of its own policies',
      refusedBy('Service'),
      { changes: [opened] },
      'unknown',
    ],
    [
      'what its own policies are recorded to refuse',
      refusedBy('Identity'),
      { changes: [opened] },
      'unchanged',
    ],
    [
      'what the network refuses anyway',
      refusedBy('Network'),
      { changes: [opened], estate: { network: policy(nobody) } },
      'unchanged',
    ],
    [
      'what a network nobody can read let through',
      {},
      { changes: [closed], estate: { network: 'unreadable' } },
      'newlyDenied',
    ],
    [
      'what a network nobody can read may refuse',
      refusedBy('Service'),
      {
        changes: [opened],
        estate: { network: 'unreadable', identity: identity('Allow') },
      },
      'unknown',
    ],
    [
      'what a network nobody can read refused',
      refusedBy('Network'),
      { changes: [opened], estate: { network: 'unreadable' } },
      'unchanged',
    ],
    ['what is shut out', {}, { changes: [closed] }, 'newlyDenied'],
    [
      'the target that refuses lets nobody in',
      { responseCode: 403 },
      { changes: [closed] },
      'newlyDenied',
    ],
    [
      'what older policies let in, these refuse, and so do the proposed',
      {},
      {
        changes: [
          change(
            policy(nobody),
            policy(
              nobody,
              statement({
                Principal: { AWS: 'arn:aws:iam::556677889900:role/x' },
              }),
            ),
          ),
        ],
      },
      'unchanged',
    ],
    [
      'what older policies refused, and these let in',
      refusedBy('Service'),
      { changes: [change(policy(readers), policy(readers, statement()))] },
      'unchanged',
    ],
    [
      'what failed, and the change does not touch',
      { failureReason: 'TargetConnectionError', requestPath: '/else' },
      { changes: [opened] },
      'unchanged',
    ],
    [
      'what failed, and the change touches',
      { failureReason: 'TargetConnectionError' },
      { changes: [opened] },
      'unknown',
    ],
    [
      'who is not on record, where everybody is shut out',
      { resolvedUser: undefined },
      { changes: [closed] },
      'newlyDenied',
    ],
    [
      'who is not on record, of what the change does not touch',
      { resolvedUser: undefined, requestPath: '/else' },
      { changes: [opened] },
      'unchanged',
    ],
    [
      'what failed, of who is not on record, and the change does not touch',
      {
        resolvedUser: undefined,
        failureReason: 'TargetConnectionError',
        requestPath: '/else',
      },
      { changes: [opened] },
      'unchanged',
    ],
    [
      'who is not on record, where one caller is shut out of something else',
      { resolvedUser: undefined, requestPath: '/else' },
      {
        changes: [
          change(
            policy(statement()),
            policy(statement(), { ...readers, ...ofRole, Effect: 'Deny' }),
          ),
        ],
      },
      'unchanged',
    ],
    [
      'who is not on record, where one caller is shut out',
      { resolvedUser: undefined },
      {
        changes: [
          change(
            policy(statement()),
            policy(statement(), { ...readers, ...ofRole, Effect: 'Deny' }),
          ),
        ],
      },
      'unknown',
    ],
    [
      'who is not on record, of whom nobody can say what its own policies refuse',
      { resolvedUser: undefined, ...refusedBy('Service') },
      { changes: [opened], estate: { identity: identity('Allow') } },
      'unknown',
    ],
    [
      'who is not on record, whom its own policies are recorded to refuse',
      { resolvedUser: undefined, ...refusedBy('Identity') },
      { changes: [opened] },
      'unchanged',
    ],
    [
      'who did not sign',
      { resolvedUser: 'Anonymous', ...refusedBy('Service') },
      { changes: [opened] },
      'newlyAllowed',
    ],
    [
      'what hangs on a header, which the change does not touch',
      { requestPath: '/else' },
      {
        changes: [
          change(policy(hangsOnHeader), policy(hangsOnHeader, readers)),
        ],
      },
      'unchanged',
    ],
    [
      'what would hang on a header',
      refusedBy('Service'),
      {
        changes: [change(policy(nobody), policy(nobody, hangsOnHeader))],
        estate: { identity: identity('Allow') },
      },
      'unknown',
    ],
    [
      'a first document',
      {},
      { changes: [change(undefined, policy(readers))] },
      'newlyAllowed',
    ],
    [
      'an end that has passed lets nobody in',
      refusedBy('Service'),
      {
        changes: [
          change(
            policy(nobody),
            policy(
              nobody,
              statement({
                Condition: {
                  DateLessThan: {
                    'aws:CurrentTime': new Date(now - 1).toISOString(),
                  },
                },
              }),
            ),
          ),
        ],
        estate: { identity: identity('Allow') },
      },
      'unchanged',
    ],
    [
      'a network that shuts out',
      {},
      {
        changes: [change(policy(readers), policy(nobody), 'network')],
        estate: { service: policy(readers) },
      },
      'newlyDenied',
    ],
    [
      'another service of the network',
      { serviceArn: otherServiceArn },
      {
        changes: [change(policy(statement()), policy(readers), 'network')],
        estate: { other: policy(statement()) },
      },
      'newlyDenied',
    ],
    [
      'a document that is none',
      {},
      { changes: [change(policy(readers), { Statement: 'x' })] },
      'unknown',
    ],
  ])('%s', async (_, fields, given, expected) => {
    const result = await replay({ ...given, calls: [callOf(fields)] });
    expect(sumOf(result)).toEqual({
      newlyAllowed: 0,
      newlyDenied: 0,
      unchanged: 0,
      unknown: 0,
      [expected]: 1,
    });
    expect(result.groups).toMatchObject([
      {
        change: expected.replace(/[AD]/, letter => `-${letter.toLowerCase()}`),
      },
    ]);
    expect(result.groups.map(group => group.reasons.length > 0)).toEqual([
      expected === 'unknown',
    ]);
  });

  it('groups by caller, service, method and path shape, and says which layer changes its mind', async () => {
    const at = (seconds: number) => start + seconds * 1000;
    const { groups, calls } = await replay({
      changes: [closed],
      estate: { network: policy(statement()) },
      calls: [
        ...[1, 2, 3, 4].map(id =>
          callOf({
            requestPath: `/orders/${id}`,
            sourceVpcId: `vpc-${id}`,
            timestamp: at(id),
          }),
        ),
        callOf({ requestMethod: 'POST', timestamp: at(9) }),
        callOf({ timestamp: window.to }),
      ],
    });
    expect(calls).toBe(5);
    expect(groups).toMatchObject([
      {
        change: 'newly-denied',
        callerId: 'arn:aws:iam::445566778899:role/orders',
        serviceArn,
        method: 'GET',
        pathShape: '/orders/*',
        count: 4,
        firstSeen: new Date(at(1)).toISOString(),
        lastSeen: new Date(at(4)).toISOString(),
        layers: [
          { layer: 'network', before: 'allowed', after: 'allowed' },
          { layer: 'service', before: 'allowed', after: 'implicitly-denied' },
          { layer: 'identity', before: 'allowed', after: 'allowed' },
        ],
        examples: [4, 3, 2].map(id => ({
          path: `/orders/${id}`,
          time: new Date(at(id)).toISOString(),
          outcome: 'allowed',
        })),
      },
      { method: 'POST', count: 1 },
    ]);
  });

  it('tells refused calls apart that only their callers’ own policies do', async () => {
    const result = await replay({
      changes: [opened],
      estate: { identity: identity('Allow', `${serviceArn}/orders/1`) },
      calls: [1, 2, 1, 3].map(id =>
        callOf({ ...refusedBy('Service'), requestPath: `/orders/${id}` }),
      ),
    });
    expect(sumOf(result)).toMatchObject({ newlyAllowed: 2, unchanged: 2 });
  });

  it('tells refused sessions apart that only their role’s own policies do', async () => {
    const onlyFirst = { StringLike: { 'aws:userid': '*:i-1' } };
    const result = await replay({
      changes: [opened],
      estate: { identity: identity('Allow', '*', onlyFirst) },
      calls: ['i-1', 'i-2', 'i-1', 'i-3'].map(session =>
        callOf({
          ...refusedBy('Service'),
          resolvedUser: `arn:aws:sts::445566778899:assumed-role/orders/${session}`,
        }),
      ),
    });
    expect(sumOf(result)).toMatchObject({ newlyAllowed: 2, unchanged: 2 });
  });

  it('counts a call to a changed service over a changed network once', async () => {
    const result = await replay({
      changes: [closed, change(policy(readers), policy(nobody), 'network')],
      calls: [callOf(), callOf({ serviceNetworkArn: undefined })],
    });
    expect(result.calls).toBe(2);
    expect(sumOf(result)).toMatchObject({ newlyDenied: 2 });
  });

  it('says how many calls it leaves out that may have gone over a network that changes', async () => {
    const unknownNetwork = { serviceNetworkArn: undefined };
    const calls = [
      callOf(),
      callOf(unknownNetwork),
      callOf({ ...unknownNetwork, requestPath: '/else' }),
      callOf({ ...unknownNetwork, serviceArn: otherServiceArn }),
      callOf({ ...unknownNetwork, timestamp: window.to }),
      callOf({ serviceNetworkArn: `${networkArn}9`, requestPath: '/else' }),
    ];
    const ofNetwork = change(policy(readers), policy(nobody), 'network');
    const result = await replay({ changes: [ofNetwork], calls });
    expect(result.calls).toBe(1);
    expect(result.networkUnknown).toEqual([
      { serviceArn, calls: 2 },
      { serviceArn: otherServiceArn, calls: 1 },
    ]);
    const ofService = await replay({ changes: [closed], calls });
    expect(ofService.networkUnknown).toEqual([]);
  });

  it.each<[string, Parameters<typeof callOf>[0], object, string]>([
    ['what the service shuts out anyway', {}, policy(nobody), 'newlyDenied'],
    [
      'what the network would shut out, if it is that one',
      {},
      policy(statement(), readers),
      'unknown',
    ],
    [
      'what neither change touches',
      { requestPath: '/else' },
      policy(statement(), readers),
      'unchanged',
    ],
  ])(
    'decides calls over who knows which network to a service that changes: %s',
    async (_, fields, after, expected) => {
      const calls = [callOf({ ...fields, serviceNetworkArn: undefined })];
      const result = await replay({
        estate: { network: policy(statement()) },
        changes: [
          change(policy(statement()), after),
          change(
            policy(statement()),
            policy(statement(), { ...readers, Effect: 'Deny' }),
            'network',
          ),
        ],
        calls,
      });
      expect(result.networkUnknown).toEqual([]);
      expect(sumOf(result)).toMatchObject({ [expected]: 1 });
    },
  );

  it('names the document that a reason quotes, and joins gaps', async () => {
    const gap = (from: number, to: number) => ({
      kind: 'not-read' as const,
      from: new Date(start + from * hour).toISOString(),
      to: new Date(start + to * hour).toISOString(),
    });
    let asked = 0;
    const records = recordsOf([callOf(refusedBy('Service'))]);
    const { groups, gaps } = await replayTraffic({
      ...policyEstate({ network: policy(hangsOnHeader) }),
      changes: [opened],
      window: { from: start, to: start + 72 * hour },
      now,
      signal: new AbortController().signal,
      records: {
        callShapes: async question => ({
          ...(await records.callShapes(question)),
          gaps: asked++ < 3 ? [gap(24 * (asked - 1), 24 * asked)] : [],
        }),
      },
    });
    expect(gaps).toEqual([gap(0, 72)]);
    expect(groups[0].reasons).toEqual([
      {
        text: expect.stringContaining('RequestHeader'),
        resourceArn: networkArn,
      },
      {
        text: expect.stringContaining('no such role'),
        resourceArn: 'arn:aws:iam::445566778899:role/orders',
      },
    ]);
  });

  it('ends over a store that has room for one question, whichever comes there first', async () => {
    const calls = [0, 1, 2].map(day =>
      callOf({ timestamp: start + day * 24 * hour, requestPath: '/orders/1' }),
    );
    const records = recordsOf(calls);
    let queue = Promise.resolve();
    let asked = 0;
    const result = await replayTraffic({
      ...policyEstate({ service: policy(nobody) }),
      changes: [opened],
      window: { from: start, to: start + 72 * hour },
      records: {
        callShapes: async question => {
          const answer = await records.callShapes(question);
          // To find out where to look takes its time, more for some.
          await setTimeout(asked++ === 0 ? 50 : 0);
          async function* batches() {
            const before = queue;
            let leave = () => {};
            queue = new Promise(resolve => {
              leave = resolve;
            });
            await before;
            try {
              yield* answer.batches;
            } finally {
              leave();
            }
          }
          return { ...answer, batches: batches() };
        },
      },
      now: start + 73 * hour,
      signal: new AbortController().signal,
    });
    expect(result.calls).toBe(3);
    expect(asked).toBe(3);
  }, 5_000);

  it('tells how far it is, and ends when asked to', async () => {
    const ending = new AbortController();
    const seen: number[] = [];
    await expect(
      replayTraffic({
        ...policyEstate({}),
        changes: [closed],
        window: { from: start, to: start + 240 * hour },
        records: recordsOf([callOf()]),
        now,
        signal: ending.signal,
        onProgress: ({ hoursDone, hours }) => {
          expect(hours).toBe(240);
          seen.push(hoursDone);
          if (hoursDone === 72) {
            ending.abort(new Error('enough'));
          }
        },
      }),
    ).rejects.toThrow('enough');
    expect(seen).toEqual([0, 24, 48, 72]);
  });

  const principals = [
    '*',
    { AWS: '445566778899' },
    { AWS: 'arn:aws:iam::445566778899:role/orders' },
    { AWS: 'arn:aws:iam::667788990011:role/teams/refunds' },
  ];
  const statements = fc.array(
    fc.record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom(...principals),
      Action: fc.constant('*'),
      Resource: fc
        .constantFrom('/orders/*', '/orders/1', '/*', '/v?/*', '/*/b')
        .map(path => `${serviceArn}${path}`),
      Condition: fc.constantFrom(
        undefined,
        undefined,
        { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
        { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
        { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } },
        { StringLike: { 'aws:userid': '*:i-1' } },
        { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' } },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const calls = fc.array(
    fc.record({
      requestPath: fc.constantFrom(
        '/orders/1',
        '/orders/2',
        '/v1/b',
        '/x',
        '/orders/%41',
      ),
      requestMethod: fc.constantFrom('GET', 'POST'),
      resolvedUser: fc.constantFrom(
        'Anonymous',
        'arn:aws:sts::445566778899:assumed-role/orders/i-1',
        'arn:aws:sts::445566778899:assumed-role/orders/i-2',
        'arn:aws:iam::667788990011:role/teams/refunds',
        'arn:aws:iam::556677889900:user/x',
        undefined,
      ),
      sourceVpcId: fc.constantFrom('vpc-1', 'vpc-2'),
      callerPrincipalTags: fc.constantFrom<Record<string, string>[]>(
        { team: 'a' },
        {},
      ),
      authDeniedReason: fc.constantFrom(
        undefined,
        undefined,
        'Service' as const,
      ),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('says of all calls what deciding each by itself says', async () => {
    await fc.assert(
      fc.asyncProperty(
        statements,
        statements,
        statements,
        calls,
        fc.constantFrom('/*', '/orders/1', '/v1/*'),
        fc.constantFrom(
          undefined,
          { StringLike: { 'aws:userid': '*:i-1' } },
          { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
        ),
        async (kept, taken, added, recorded, ownPath, ownCondition) => {
          const before = policy(...kept, ...taken);
          const after = policy(...kept, ...added);
          const changes = [change(before, after)];
          const probe = StatementProbe.create(changes[0])!;
          const estate = policyEstate({
            identity: identity(
              'Allow',
              `${serviceArn}${ownPath}`,
              ownCondition,
            ),
          });
          const records = recorded.map(fields => callOf(fields));
          const expected = {
            newlyAllowed: 0,
            newlyDenied: 0,
            unchanged: 0,
            unknown: 0,
          };
          for (const record of records) {
            const request = {
              ...toOpenRequest({ record, index: estate.index }),
              time: now,
            };
            const { caller } = request;
            const { identity: own } =
              caller.kind === 'unknown'
                ? { identity: { unreadable: 'not on record' } }
                : await estate.policies.identityOf({
                    caller,
                    callerId: callerOf(record).id,
                    index: estate.index,
                  });
            const outcomesWith = (identities: typeof own) =>
              [before, after].map(
                document =>
                  decide({
                    request,
                    network: { authType: 'NONE' },
                    service: {
                      authType: 'AWS_IAM',
                      policy: JSON.stringify(document),
                    },
                    identity: identities,
                  }).outcome,
              );
            const open = outcomesWith(OPEN_IDENTITY);
            const isSettled = open[0] === open[1] && open[0] !== 'unknown';
            const [was, is] =
              isSettled || classify(record) === 'allowed'
                ? open
                : outcomesWith(own);
            const isTouched = probe.mayMatch(request);
            expect(isTouched || was === is).toBe(true);
            if (!isTouched || isSettled) {
              expected.unchanged++;
            } else if (was === 'unknown' || is === 'unknown') {
              expected.unknown++;
            } else if (was === is) {
              expected.unchanged++;
            } else {
              expected[is === 'allowed' ? 'newlyAllowed' : 'newlyDenied']++;
            }
          }
          const result = await replayTraffic({
            ...estate,
            changes,
            window,
            records: recordsOf(records),
            now,
            signal: new AbortController().signal,
          });
          expect(sumOf(result)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
