import fc from 'fast-check';
import { callerOf, classify } from '@lattice-portal/access-logs';
import { decide } from '@lattice-portal/auth-policy';
import {
  callOf,
  policyEstate,
  refusedBy,
  serviceArn,
} from '../__testUtils__/policyEstate';
import { toAuthorizationRequest } from '../policies/toAuthorizationRequest';
import { OPEN_IDENTITY } from '../replay/StatementProbe';
import { StatementMatcher } from './StatementMatcher';

const { index } = policyEstate({});
const time = Date.UTC(2026, 10, 22, 10);
const hour = 3_600_000;

const statement = (fields: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...fields,
});
const on = (path: string, fields: object = {}) =>
  statement({ Resource: `${serviceArn}${path}`, ...fields });
const deny = { Effect: 'Deny' };
const ofRole = {
  Principal: { AWS: 'arn:aws:iam::445566778899:role/orders' },
};
const withHeader = {
  Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' } },
};
const until = (instant: number) => ({
  Condition: {
    DateLessThan: { 'aws:CurrentTime': new Date(instant).toISOString() },
  },
});

const matcherOf = (
  statements: object[],
  layer: 'network' | 'service' = 'service',
) =>
  StatementMatcher.create({
    layer,
    document: JSON.stringify({
      Version: '2012-10-17',
      Statement: statements,
    }),
    index,
  })!;

const timedCall = (
  fields: Parameters<typeof callOf>[0] = {},
  firstSeen = time,
) => {
  const record = callOf({ timestamp: time, ...fields });
  return {
    record,
    caller: callerOf(record),
    outcome: classify(record),
    firstSeen,
    lastSeen: record.timestamp,
  };
};

describe('StatementMatcher', () => {
  it.each<
    [
      string,
      object[],
      Parameters<typeof callOf>[0],
      number | undefined,
      number[],
    ]
  >([
    [
      'the first that allows',
      [on('/x'), on('/orders/*'), statement()],
      {},
      1,
      [],
    ],
    ['none that allows', [on('/x')], {}, undefined, []],
    [
      'what the target refused was allowed',
      [statement()],
      { responseCode: 403 },
      0,
      [],
    ],
    [
      'what failed was not decided',
      [statement()],
      { failureReason: 'x' },
      undefined,
      [],
    ],
    [
      'what the network refused was not decided',
      [statement()],
      refusedBy('Network'),
      undefined,
      [],
    ],
    [
      'what refused',
      [statement(), on('/orders/*', deny)],
      refusedBy('Service'),
      1,
      [],
    ],
    [
      'a refusal by no statement',
      [on('/x')],
      refusedBy('Service'),
      undefined,
      [],
    ],
    ['a refusal of before', [statement()], refusedBy('Service'), undefined, []],
    [
      'what would be refused by now',
      [statement(), on('/orders/*', deny)],
      {},
      undefined,
      [],
    ],
    [
      'what hangs on a header',
      [on('/x'), on('/orders/*', withHeader)],
      {},
      undefined,
      [1],
    ],
    [
      'what may hang on a header',
      [on('/orders/*', withHeader), statement()],
      {},
      1,
      [0],
    ],
    [
      'a refusal that hangs on a header',
      [statement(), statement({ ...deny, ...withHeader })],
      refusedBy('Service'),
      undefined,
      [1],
    ],
    [
      'who is not on record, where it matters',
      [on('/x', ofRole), on('/orders/*', ofRole), on('/orders/*')],
      { resolvedUser: undefined },
      2,
      [1],
    ],
    [
      'who is not on record, where nobody is refused',
      [statement(), on('/x', deny), on('/orders/*', { ...deny, ...ofRole })],
      { resolvedUser: undefined, ...refusedBy('Service') },
      undefined,
      [2],
    ],
    ['an end to come', [statement(until(time + 1))], {}, 0, []],
    [
      'an end that has passed',
      [statement(until(time - hour))],
      {},
      undefined,
      [],
    ],
    [
      'an end in between',
      [statement(until(time - hour / 2))],
      {},
      undefined,
      [0],
    ],
  ])('%s', (_, statements, fields, decided, possible) => {
    const match = matcherOf(statements).match(timedCall(fields, time - hour));
    expect(match.decided).toBe(decided);
    expect(match.possible.map(one => one.index)).toEqual(possible);
    expect(match.possible.every(({ reasons }) => reasons.length > 0)).toBe(
      true,
    );
  });

  const second = 1000;
  const operators = ['LessThan', 'GreaterThan'].flatMap(operator => [
    operator,
    `${operator}Equals`,
  ]);
  const texts = {
    'aws:CurrentTime': new Date(time).toISOString(),
    'aws:EpochTime': String(time / second),
  };
  it.each([
    ...Object.entries(texts).flatMap(([key, text]) =>
      [...operators, 'Equals', 'NotEquals'].map(
        operator => [`Date${operator}`, key, text] as const,
      ),
    ),
    ...operators.map(
      operator =>
        [
          `Numeric${operator}`,
          'aws:EpochTime',
          `${time / second - 1}.5`,
        ] as const,
    ),
  ])(
    'knows whether %s of %s holds for all of a span',
    (operator, key, text) => {
      const condition = { Condition: { [operator]: { [key]: text } } };
      const matcher = matcherOf([statement(condition)]);
      const offsets = [-2, -1, 0, 1, 2];
      for (const first of offsets) {
        for (const last of offsets.filter(offset => offset >= first)) {
          const [firstSeen, lastSeen] = [first, last].map(
            offset => time + offset * second,
          );
          const match = matcher.match(
            timedCall({ timestamp: lastSeen }, firstSeen),
          );
          const single = offsets
            .filter(offset => offset >= first && offset <= last)
            .map(offset => time + offset * second)
            .map(at => matcher.match(timedCall({ timestamp: at }, at)));
          const all = single.every(({ decided }) => decided === 0);
          const none = single.every(({ decided }) => decided === undefined);
          expect(single.flatMap(({ possible }) => possible)).toEqual([]);
          expect([first, last, match]).toEqual([
            first,
            last,
            {
              decided: all ? 0 : undefined,
              possible:
                all || none
                  ? []
                  : [{ index: 0, reasons: ['when exactly the call was made'] }],
            },
          ]);
        }
      }
    },
  );

  it('can’t tell of a span what hangs on the time of each call', () => {
    const matcher = matcherOf([
      on('/orders/*', {
        Condition: {
          StringLike: { 'vpc-lattice-svcs:RequestPath': '/${aws:EpochTime}' },
        },
      }),
    ]);
    const { possible } = matcher.match(timedCall({}, time - hour));
    expect(possible).toEqual([
      { index: 0, reasons: ['when exactly the call was made'] },
    ]);
    expect(matcher.match(timedCall())).toEqual({ possible: [] });
  });

  it('goes by what is recorded of the network for its policy', () => {
    const matcher = matcherOf([statement(deny)], 'network');
    expect(matcher.match(timedCall(refusedBy('Network'))).decided).toBe(0);
    expect(matcher.match(timedCall(refusedBy('Service'))).decided).toBe(
      undefined,
    );
  });

  it('has nothing to say of what is no policy', () => {
    expect(
      StatementMatcher.create({ layer: 'service', document: '{}', index }),
    ).toBeUndefined();
  });

  it('names the statement that decide names', () => {
    const statements = fc.array(
      fc.record({
        Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
        Principal: fc.constantFrom(
          '*',
          { AWS: '445566778899' },
          { AWS: 'arn:aws:iam::445566778899:role/orders' },
        ),
        Action: fc.constant('*'),
        Resource: fc.constantFrom(
          '*',
          `${serviceArn}/orders/*`,
          `${serviceArn}/x`,
        ),
        Condition: fc.constantFrom(
          undefined,
          { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
          { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const calls = fc.array(
      fc.record({
        requestPath: fc.constantFrom('/orders/1', '/orders/2', '/x', '/y'),
        requestMethod: fc.constantFrom('GET', 'POST'),
        resolvedUser: fc.constantFrom(
          'Anonymous',
          'arn:aws:sts::445566778899:assumed-role/orders/i-1',
          'arn:aws:sts::556677889900:assumed-role/x/i-1',
        ),
        sourceVpcId: fc.constantFrom('vpc-1', 'vpc-2'),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(statements, calls, (given, recorded) => {
        const matcher = matcherOf(given);
        for (const fields of recorded) {
          const { layers } = decide({
            request: toAuthorizationRequest({ record: callOf(fields), index })!,
            network: { authType: 'NONE' },
            service: {
              authType: 'AWS_IAM',
              policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: given,
              }),
            },
            identity: OPEN_IDENTITY,
          });
          const { result, statement: deciding } = layers[1];
          const refused = result === 'allowed' ? {} : refusedBy('Service');
          expect(matcher.match(timedCall({ ...fields, ...refused }))).toEqual({
            decided: deciding?.index,
            possible: [],
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
