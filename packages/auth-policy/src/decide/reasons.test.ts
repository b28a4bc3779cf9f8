import { SERVICE, completeStatement, signed } from '../cases/RuleCase';
import { Caller, DecideOptions } from '../types';
import { decide } from './decide';

const ROOT: Caller = signed({ arn: 'arn:aws:iam::445566778899:root' });
const HEADERS =
  "vpc-lattice-svcs:RequestHeader/x-a: the request's headers are not known";
const byHeader = {
  Condition: {
    StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-a': 'a' },
  },
};

function document(
  kind: 'service' | 'identity',
  ...statements: Array<Record<string, unknown>>
) {
  return {
    Version: '2012-10-17',
    Statement: statements.map(each => completeStatement(each, kind)),
  };
}

/** What is unknown in the rows that are enforced, of a call of which little is known. */
function unknownOf(changes: {
  service?: Array<Record<string, unknown>>;
  identity?: Array<Record<string, unknown>>;
  request?: Partial<DecideOptions['request']>;
}): string[] {
  const { service, identity = [{}], request } = changes;
  const { outcome, layers } = decide({
    request: { caller: signed(), serviceArn: SERVICE, ...request },
    network: { authType: 'NONE' },
    service: service
      ? { authType: 'AWS_IAM', policy: document('service', ...service) }
      : { authType: 'NONE' },
    identity: { policies: [document('identity', ...identity)] },
  });
  expect(outcome).toBe('unknown');
  return layers.flatMap(({ unknown }) => unknown);
}

describe('what a verdict hangs on', () => {
  it('is both sides of a comparison', () => {
    const condition = {
      StringEquals: {
        'vpc-lattice-svcs:RequestHeader/x-a': '${aws:PrincipalTag/t}',
      },
    };
    expect(
      unknownOf({
        service: [{ Condition: condition }],
        request: { caller: signed({ tags: undefined }) },
      }),
    ).toEqual(["aws:PrincipalTag/t: the caller's tags are not known", HEADERS]);
  });

  it('is nothing that only other statements ask for', () => {
    expect(
      unknownOf({
        service: [
          {},
          { Effect: 'Deny', ...byHeader },
          { Condition: { NumericEquals: { 'vpc-lattice-svcs:Port': 1 } } },
        ],
      }),
    ).toEqual([HEADERS]);
  });

  it('is not the path if the pattern is open whatever the path', () => {
    expect(
      unknownOf({
        service: [{ Resource: `${SERVICE.replace('lattice', '*')}/*` }],
      }),
    ).toEqual([expect.stringContaining('are not supported')]);
  });

  it('is the open rule and the allow, if nothing is enforced', () => {
    const rule = expect.stringContaining('open rule, whether a signed call');
    expect(unknownOf({ identity: [byHeader] })).toEqual([HEADERS, rule]);
    expect(unknownOf({ identity: [{ Effect: 'Deny', ...byHeader }] })).toEqual([
      HEADERS,
      rule,
    ]);
    expect(
      unknownOf({ identity: [{ Effect: 'Deny', ...byHeader }, {}] }),
    ).toEqual([HEADERS]);
  });

  it('is not the right of the root user if its policies allow', () => {
    const request = { caller: ROOT };
    const identity = [{ Effect: 'Deny', ...byHeader }, {}];
    expect(unknownOf({ service: [{}], identity, request })).toEqual([HEADERS]);
    expect(
      unknownOf({ service: [{}], identity: identity.slice(0, 1), request }),
    ).toEqual([HEADERS, expect.stringContaining('root user')]);
  });
});

describe('the nearest statements', () => {
  it('are those with the fewest failures, then with the lightest', () => {
    const other = { Resource: 'arn:aws:vpc-lattice:::service/svc-1/*' };
    const port = { NumericEquals: { 'vpc-lattice-svcs:Port': 1 } };
    const method = {
      StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'PUT' },
    };
    const vpc = { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-2' } };
    const { layers } = decide({
      request: {
        caller: signed(),
        serviceArn: SERVICE,
        path: '/a',
        method: 'GET',
        port: 443,
        sourceVpc: 'vpc-1',
      },
      network: { authType: 'NONE' },
      service: {
        authType: 'AWS_IAM',
        policy: document(
          'service',
          {
            Sid: 'Two',
            Condition: { ...port, StringLike: method.StringEquals },
          },
          { Sid: 'Action', Action: 'vpc-lattice-svcs:Connect' },
          {
            Sid: 'Three',
            Condition: { ...port, StringLike: method.StringEquals, ...vpc },
          },
          { Sid: 'Both', Principal: { AWS: '111111111111' }, ...other },
          { Sid: 'Resource', ...other },
          { Sid: 'Denies', Effect: 'Deny', ...other },
          { Sid: 'One', Condition: port },
        ),
      },
    });

    const { nearest } = layers[1];
    expect(nearest.map(({ sid }) => sid)).toEqual([
      'One',
      'Resource',
      'Action',
      'Two',
      'Both',
      'Three',
    ]);
    expect(nearest[0].failed).toMatchObject([
      {
        element: 'Condition',
        key: 'vpc-lattice-svcs:Port',
        operator: 'NumericEquals',
        wanted: ['1'],
        got: ['443'],
      },
    ]);
  });
});
