import fc from 'fast-check';
import { slowRuns, timeout } from '../__testUtils__/runs';
import { parsePolicy } from '../parse/parsePolicy';
import { AuthorizationRequest } from '../types';
import { decideOne } from './decideOne';
import { diffPolicies } from './diffPolicies';
import { machineOf, textClasses } from './textClasses';
import { matchesSteps, stepsOf } from './Wildcards';

jest.setTimeout(timeout);

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const ROLE = 'arn:aws:iam::445566778899:role/orders-client';

function policy(...statements: Array<Record<string, unknown>>): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(each => ({
      Effect: 'Allow',
      Principal: { AWS: ROLE },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/*`,
      ...each,
    })),
  };
}

function when(operator: string, key: string, value: unknown) {
  return { Condition: { [operator]: { [key]: value } } };
}

const METHOD = 'vpc-lattice-svcs:RequestMethod';

describe('diffPolicies', () => {
  it.each<[string, object | undefined, object | undefined]>([
    ['the same', policy({ Sid: 'a' }), policy({ Sid: 'b' })],
    [
      'another order',
      policy({}, { Effect: 'Deny' }),
      policy({ Effect: 'Deny' }, {}),
    ],
    ['nothing', undefined, policy()],
    [
      'one statement as two',
      policy(when('StringEquals', METHOD, ['GET', 'PUT'])),
      policy(
        when('StringEquals', METHOD, 'PUT'),
        when('StringEquals', METHOD, 'GET'),
      ),
    ],
    [
      'a part of what is there',
      policy({}),
      policy({}, { Resource: `${SERVICE}/a/*` }),
    ],
    [
      'a deny that undoes the allow',
      policy(),
      policy({ Resource: `${SERVICE}/a` }, { Effect: 'Deny', Principal: '*' }),
    ],
    [
      'a statement that never matches',
      policy({}),
      policy({}, { Effect: 'Deny', Action: 's3:*' }),
    ],
    [
      'numbers without gap',
      policy({}),
      policy(
        when('NumericLessThan', 'vpc-lattice-svcs:Port', 443),
        when('NumericGreaterThanEquals', 'vpc-lattice-svcs:Port', 443),
      ),
    ],
  ])('finds no difference in %s', (_name, before, after) => {
    expect(diffPolicies({ before, after })).toMatchObject({
      differences: [],
      complete: true,
    });
  });

  it.each<[string, object | undefined, object | undefined, object[]]>([
    [
      'a new policy',
      undefined,
      policy({ Sid: 'New' }),
      [
        {
          before: 'denied',
          after: 'allowed',
          afterStatement: { index: 0, sid: 'New' },
          example: { serviceArn: SERVICE, caller: { roleArn: ROLE } },
        },
      ],
    ],
    [
      'a method',
      policy(when('StringEquals', METHOD, ['GET', 'PUT'])),
      policy(when('StringEquals', METHOD, 'GET')),
      [{ before: 'allowed', after: 'denied', example: { method: 'PUT' } }],
    ],
    [
      'a deny on a part',
      policy({}),
      policy({}, { Effect: 'Deny', Resource: '*/admin/*' }),
      [
        {
          after: 'denied',
          example: { path: expect.stringMatching(/\/admin\//) },
        },
      ],
    ],
    [
      'everybody but anonymous callers',
      policy({ Principal: '*' }),
      policy({
        Principal: '*',
        ...when('StringNotEquals', 'aws:PrincipalType', 'Anonymous'),
      }),
      [{ after: 'denied', example: { caller: { kind: 'anonymous' } } }],
    ],
    [
      'a header',
      policy({}),
      policy(when('StringLike', 'vpc-lattice-svcs:RequestHeader/x-a', 'b*')),
      [{ before: 'allowed', after: 'denied', example: { headers: {} } }],
    ],
    [
      'a query parameter',
      policy(),
      policy(
        when(
          'ForAnyValue:StringEquals',
          'vpc-lattice-svcs:RequestQueryString/q',
          '1',
        ),
      ),
      [{ after: 'allowed', example: { query: { q: ['1'] } } }],
    ],
    [
      'an organization',
      policy({}),
      policy(when('StringEquals', 'aws:PrincipalOrgID', 'o-a')),
      [{ after: 'denied', example: { caller: { organizationId: 'none' } } }],
    ],
    [
      'an end',
      policy({}),
      policy(when('DateLessThan', 'aws:CurrentTime', '2026-03-01T00:00:00Z')),
      [{ after: 'denied', example: { time: Date.UTC(2026, 2, 1) } }],
    ],
    [
      'a tag in a variable',
      policy({}),
      policy({ Resource: `${SERVICE}/\${aws:PrincipalTag/team}/*` }),
      [{ before: 'allowed', after: 'denied' }],
    ],
    [
      'a key that nobody can tell',
      policy({}),
      policy(when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
      [{ before: 'allowed', after: 'unknown' }],
    ],
    [
      'two services',
      policy({}),
      policy({ Resource: [`${SERVICE}/a`, `${SERVICE}1/b`] }),
      [
        { before: 'allowed', after: 'denied' },
        {
          before: 'denied',
          after: 'allowed',
          example: { path: '/b', serviceArn: `${SERVICE}1` },
        },
      ],
    ],
  ])('finds %s', (_name, before, after, expected) => {
    const { differences } = diffPolicies({ before, after });

    expect(differences).toHaveLength(expected.length);
    expect(differences).toMatchObject(expected);
  });

  it('compares identity policies too', () => {
    const after = {
      Statement: { Effect: 'Allow', Action: '*', Resource: `${SERVICE}/a` },
    };

    expect(diffPolicies({ after, kind: 'identity' }).differences).toMatchObject(
      [{ after: 'allowed', example: { path: '/a' } }],
    );
  });

  it('finds what it can, and says so, where there is too much to tell apart', () => {
    const statements = Array.from({ length: 20 }, (_, index) => ({
      Principal: { AWS: `${ROLE}${index}` },
      Resource: `${SERVICE}/*${index}*x*${index * 7}*y`,
    }));
    const before = policy(...statements.slice(1));

    expect(
      diffPolicies({ before, after: policy(...statements) }),
    ).toMatchObject({ differences: [{ after: 'allowed' }], complete: false });
  });

  it('refuses an invalid policy', () => {
    expect(() => diffPolicies({ before: { Statement: 1 } })).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});

const pattern = fc
  .array(fc.constantFrom('a', 'b', '/', '*', '?', 'ab'), { maxLength: 5 })
  .map(parts => parts.join(''));
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom<unknown>(
      '*',
      { AWS: ROLE },
      { AWS: '445566778899' },
    ),
    Resource: fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
    methods: fc.uniqueArray(fc.constantFrom('GET', 'PUT'), { maxLength: 2 }),
    header: fc.option(
      fc.tuple(
        fc.constantFrom('StringLike', 'StringNotLike', 'StringEqualsIfExists'),
        fc.constantFrom('a', 'a*', '?'),
      ),
    ),
  })
  .map(({ methods, header, Resource, ...rest }) => ({
    ...rest,
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: Resource.map(text => `${SERVICE}/${text}`),
    Condition: {
      ...(methods.length > 0 ? { StringEquals: { [METHOD]: methods } } : {}),
      ...(header
        ? { [header[0]]: { 'vpc-lattice-svcs:RequestHeader/h': header[1] } }
        : { Null: { 'aws:PrincipalServiceName': 'true' } }),
    },
  }));
const document = fc
  .array(statement, { maxLength: 3 })
  .map(Statement => ({ Version: '2012-10-17', Statement }));
const request = fc
  .record({
    method: fc.constantFrom('GET', 'PUT', 'POST'),
    path: fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
      .map(parts => `/${parts.join('')}`),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      { h: 'a' },
      { h: 'b' },
      { h: 'ab' },
    ),
    caller: fc.constantFrom(
      { kind: 'anonymous' as const },
      { kind: 'signed' as const, arn: ROLE, roleArn: ROLE },
      { kind: 'signed' as const, arn: ROLE.replace('orders', 'x') },
    ),
  })
  .map(each => ({ ...each, serviceArn: SERVICE }));

describe('laws of diffPolicies', () => {
  it('no difference means that no request differs, and every example does', () => {
    fc.assert(
      fc.property(
        document,
        document,
        fc.array(request, { minLength: 1, maxLength: 20 }),
        (before, after, requests) => {
          const diff = diffPolicies({ before, after });
          const isAllowed = (source: unknown, each: AuthorizationRequest) =>
            decideOne({ policy: source, request: each, kind: 'resource' })
              .result === 'allowed';
          for (const { example, ...difference } of diff.differences) {
            expect([
              isAllowed(before, example),
              isAllowed(after, example),
            ]).toEqual([
              difference.before === 'allowed',
              difference.after === 'allowed',
            ]);
          }
          const isEqual = diff.differences.length === 0 && diff.complete;
          const missed = requests.filter(
            each => isAllowed(before, each) !== isAllowed(after, each),
          );
          expect(isEqual ? missed : []).toEqual([]);
        },
      ),
      slowRuns,
    );
  });

  it('finds a text for every combination of patterns that a text shows', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(pattern, { maxLength: 4 }),
        fc.array(fc.constantFrom('a', 'b', 'c', '/'), { maxLength: 7 }),
        (patterns, characters) => {
          const all = patterns.map(text => stepsOf(text, true));
          const vector = (text: string) =>
            all.map(steps => matchesSteps(steps, text)).join();
          const { texts, complete } = textClasses({
            machines: all.map(steps => machineOf(steps)),
          });
          expect(complete).toBe(true);
          expect(texts.map(vector)).toContain(vector(characters.join('')));
          expect(new Set(texts.map(vector)).size).toBe(texts.length);
        },
      ),
      slowRuns,
    );
  });

  it('random policies are valid', () => {
    fc.assert(
      fc.property(document, each => {
        expect(parsePolicy(each).ok).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
