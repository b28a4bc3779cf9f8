import fc from 'fast-check';
import { decideOne } from '../diff/decideOne';
import { parsePolicy } from '../parse/parsePolicy';
import { AuthorizationRequest } from '../types';
import { compactPolicy } from './compactPolicy';
import { printPolicy } from './printPolicy';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const ROLE = 'arn:aws:iam::445566778899:role/orders-client';
const METHOD = 'vpc-lattice-svcs:RequestMethod';
const base = {
  Effect: 'Allow',
  Principal: { AWS: ROLE },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: `${SERVICE}/*`,
};
const method = (...values: string[]) => ({
  Condition: { StringEquals: { [METHOD]: values } },
});

function compacted(...statements: object[]): unknown {
  return JSON.parse(compactPolicy({ Statement: statements }).text).Statement;
}

describe('compactPolicy', () => {
  it.each<[string, object[], object[]]>([
    ['nothing to do', [base], [base]],
    [
      'twins and values beside "*"',
      [
        { ...base, Resource: ['*', `${SERVICE}/a`] },
        { ...base, Resource: '*', Action: [base.Action, base.Action] },
      ],
      [{ ...base, Resource: '*' }],
    ],
    [
      'methods of one list',
      [
        { ...base, ...method('GET'), Sid: 'Get' },
        { ...base, Effect: 'Deny', Resource: '*/admin' },
        { ...base, ...method('PUT', 'GET') },
      ],
      [
        { ...base, Sid: 'Get', ...method('GET', 'PUT') },
        { ...base, Effect: 'Deny', Resource: '*/admin' },
      ],
    ],
    [
      'what a wider statement covers',
      [
        { ...base, ...method('GET'), Resource: `${SERVICE}/a` },
        { ...base, Resource: '*' },
      ],
      [{ ...base, Resource: '*' }],
    ],
    [
      'two lists that differ',
      [
        { ...base, ...method('GET') },
        { ...base, ...method('PUT'), Resource: '*/a' },
      ].map(each => ({ ...each, Principal: { AWS: ROLE } })),
      [
        { ...base, Condition: { StringEquals: { [METHOD]: 'GET' } } },
        {
          ...base,
          Resource: '*/a',
          Condition: { StringEquals: { [METHOD]: 'PUT' } },
        },
      ],
    ],
    [
      'negated conditions, which are no alternatives',
      ['GET', 'PUT'].map(each => ({
        ...base,
        Condition: { StringNotEquals: { [METHOD]: each } },
      })),
      ['GET', 'PUT'].map(each => ({
        ...base,
        Condition: { StringNotEquals: { [METHOD]: each } },
      })),
    ],
    [
      'exceptions, of which fewer cover more',
      [
        { ...base, Resource: undefined, NotResource: ['*/a', '*/b'] },
        { ...base, Resource: undefined, NotResource: '*/a' },
      ],
      [expect.objectContaining({ NotResource: '*/a' })],
    ],
  ])('handles %s', (_name, given, expected) => {
    expect(compacted(...given)).toEqual(expected);
  });

  it('leaves alone what it is told to, and tells what it did', () => {
    const statements = [
      { Sid: 'Mine', ...base },
      { Sid: 'Yours', ...base },
      { Sid: 'More', ...base },
    ];
    const result = compactPolicy(
      { Statement: statements },
      { keep: sid => sid === 'Yours' },
    );

    expect(JSON.parse(result.text).Statement).toHaveLength(2);
    expect(result.steps).toEqual([
      { rule: 'drop-covered', reason: 'Statement More covers all of Mine.' },
    ]);
    expect(result.saved).toBeGreaterThan(0);
    expect(() => compactPolicy({})).toThrow('Statement is missing');
  });
});

const many = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(value, fc.array(value, { maxLength: 3 }));
const operator = fc.constantFrom(
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringEqualsIfExists',
  'ForAnyValue:StringLike',
  'ForAllValues:StringNotLikeIfExists',
);
const key = fc.constantFrom(
  METHOD,
  'vpc-lattice-svcs:RequestHeader/h',
  'vpc-lattice-svcs:RequestQueryString/q',
  'aws:PrincipalTag/__proto__',
);
const condition = fc.oneof(
  fc.dictionary(
    operator,
    fc.dictionary(key, many(fc.constantFrom('GET', 'a*', '', 'PUT'))),
    { maxKeys: 2 },
  ),
  fc.constantFrom(
    { NumericLessThan: { 'vpc-lattice-svcs:Port': [443, 8.5e1] } },
    { Bool: { 'aws:PrincipalIsAWSService': false } },
    { Null: { 'aws:PrincipalOrgID': 'true' } },
  ),
);
const statement = fc
  .record(
    {
      Sid: fc.constantFrom('a', 'b', ''),
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom<unknown>(
        '*',
        { AWS: ROLE },
        { AWS: [ROLE, '445566778899', '*'] },
        { AWS: [], Service: 'lambda.amazonaws.com' },
      ),
      Condition: condition,
      resource: fc.record({
        name: fc.constantFrom('Resource', 'Resource', 'NotResource'),
        value: many(
          fc.constantFrom('*', `${SERVICE}/a`, `${SERVICE}/*`, '*/b', SERVICE),
        ),
      }),
      action: many(fc.constantFrom('*', 'vpc-lattice-svcs:Invoke', 's3:*')),
    },
    { requiredKeys: ['Effect', 'Principal', 'resource', 'action'] },
  )
  .map(({ resource, action, ...rest }) => ({
    ...rest,
    Action: action,
    [resource.name]: resource.value,
  }));
const document = fc.record({
  Version: fc.constantFrom('2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { maxLength: 4 }),
});
const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller: fc.constantFrom<AuthorizationRequest['caller'][]>(
    { kind: 'anonymous' },
    { kind: 'signed', arn: ROLE, organizationId: 'none', tags: {} },
    {
      kind: 'signed',
      arn: 'arn:aws:iam::445566778899:user/u',
      organizationId: 'o-a',
      tags: {},
    },
  ),
  method: fc.constantFrom('GET', 'PUT'),
  path: fc.constantFrom('/a', '/b', '/c'),
  headers: fc.constantFrom<Record<string, string>[]>({}, { h: 'a' }, { h: '' }),
  query: fc.constantFrom<Record<string, string[]>[]>(
    {},
    { q: ['ab'] },
    { q: ['GET', 'x'] },
  ),
  port: fc.constantFrom(80, 443),
  serviceArn: fc.constantFrom(SERVICE, `${SERVICE}1`),
});
const runs = { numRuns: Number(process.env.LATTICE_LAW_RUNS ?? 500) };

describe('laws of compact and print', () => {
  it('a compacted policy says the same and is not longer', () => {
    fc.assert(
      fc.property(document, request, (source, given) => {
        // The steps themselves are to be right, so few requests are compared.
        const { text, saved } = compactPolicy(source, { budget: 5 });
        expect(saved).toBeGreaterThanOrEqual(0);
        const [before, after] = [source, text].map(policy => {
          const { result } = decideOne({
            policy,
            request: given,
            kind: 'resource',
          });
          // An unknown deny beside a certain one is only named differently.
          return result.includes('denied') ? 'denied' : result;
        });
        expect([before, before === 'unknown' ? 'any' : '']).toContain(
          before === 'unknown' && after !== 'unknown' ? 'any' : after,
        );
      }),
      runs,
    );
  });

  it('reading what was printed gives the same policy', () => {
    fc.assert(
      fc.property(document, source => {
        const first = parsePolicy(JSON.stringify(source));
        const printed = first.ok ? printPolicy(first.policy) : '';
        expect(parsePolicy(printed)).toEqual(first);
        expect(first.ok).toBe(true);
      }),
      runs,
    );
    const odd =
      '{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":[]},"NotAction":[],"Resource":[],"Condition":{"NumericEquals":{"__proto__":1.50e1},"Bool":{}}}}';
    const parsed = parsePolicy(odd);
    expect(parsed.ok && parsePolicy(printPolicy(parsed.policy))).toEqual(
      parsed,
    );
  });
});
