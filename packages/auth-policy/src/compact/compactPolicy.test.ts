import fc from 'fast-check';
import { writtenPolicy } from '../__testUtils__/writtenPolicy';
import { slowRuns, timeout } from '../__testUtils__/runs';
import { decideOne } from '../diff/decideOne';
import { AuthorizationRequest } from '../types';
import { compactPolicy } from './compactPolicy';

jest.setTimeout(timeout);

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

describe('the law of compactPolicy', () => {
  it('a compacted policy says the same and is not longer', () => {
    fc.assert(
      fc.property(writtenPolicy, request, (source, given) => {
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
      slowRuns,
    );
  });
});
