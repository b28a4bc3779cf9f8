import { parsePolicy } from '@lattice-portal/auth-policy';
import { answerOf, portableDocument, productDocument } from './documentOf';
import { examplesOf } from './examplesOf';
import { draftOf, emptyAnswer, type PolicyDraft } from './PolicyAnswer';
import { policyPlaceOf } from './policyOptions';
import { policyText, problemsOf, sizeOf } from './problemsOf';

const role = (name: string, account = '445566778899') =>
  `arn:aws:iam::${account}:role/${name}`;
const place = {
  accountId: '223344556677',
  networkArn:
    'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0',
};
const draft: PolicyDraft = {
  callers: [role('public-proxy')],
  methods: ['GET'],
  paths: ['/items/*'],
  onlySigned: true,
};

function examples(changes: Partial<PolicyDraft>, policy?: string) {
  const changed = { ...draft, ...changes };
  return examplesOf({
    policy: policy ?? policyText(answerOf(changed, place), place),
    draft: changed,
    place,
    others: [role('public-proxy'), role('batch', '667788990011')],
    now: Date.parse('2026-11-25T12:00:00Z'),
  }).map(
    ({ caller, method, path, verdict }) =>
      `${caller} ${method} ${path}: ${verdict.result}`,
  );
}

describe('the examples', () => {
  it('show who gets through and who does not', () => {
    expect(examples({})).toEqual([
      'public-proxy (445566778899) GET /items/1041: allowed',
      'public-proxy (445566778899) HEAD /items/1041: implicitly-denied',
      'public-proxy (445566778899) GET /elsewhere: implicitly-denied',
      'batch (667788990011) GET /items/1041: implicitly-denied',
      'anonymous GET /items/1041: implicitly-denied',
    ]);
  });

  it('show several paths', () => {
    expect(examples({ paths: ['/items/*', '/health'] })).toEqual(
      expect.arrayContaining([
        'public-proxy (445566778899) GET /items/1041: allowed',
        'public-proxy (445566778899) GET /health: allowed',
        'public-proxy (445566778899) GET /elsewhere: implicitly-denied',
        'anonymous GET /items/1041: implicitly-denied',
      ]),
    );
  });

  it('show that everybody gets through where nothing has to be signed', () => {
    expect(examples({ onlySigned: false })).toEqual(
      expect.arrayContaining([
        'batch (667788990011) GET /items/1041: allowed',
        'anonymous GET /items/1041: allowed',
      ]),
    );
  });

  it('say unknown of what hangs on the call', () => {
    const policy = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } },
      },
    });
    expect(examples({}, policy)[0]).toMatch(/: unknown$/);
  });
});

describe('the answer', () => {
  it('leaves the policy to the product where that can say it', () => {
    expect(answerOf(draft, place)).toEqual({
      callers: draft.callers,
      methods: ['GET'],
      path: '/items/*',
    });
  });

  it.each<[string, Partial<PolicyDraft>]>([
    ['several paths', { paths: ['/items/*', '/health'] }],
    ['unsigned calls', { onlySigned: false }],
  ])('holds a document for %s, and the form again', (_, changes) => {
    const changed = { ...draft, ...changes };
    const answer = answerOf(changed, place);
    expect(parsePolicy(answer.document).ok).toBe(true);
    expect(answer.document).not.toContain('svc-');
    expect(draftOf(answer)).toEqual(changed);
    expect(problemsOf(answer, place)).toEqual([]);
  });

  it('says the same with and without the ARN of the service', () => {
    const several = { paths: ['/items/*', '/health', '/*'] };
    for (const paths of [['/*'], ['/items/*'], ['/a/b'], several.paths]) {
      const one = { ...draft, paths };
      const verdicts = [productDocument, portableDocument].map(write =>
        examples({ paths }, JSON.stringify(write(one, place))),
      );
      expect(verdicts[0]).toEqual(verdicts[1]);
    }
  });
});

describe('problems', () => {
  const written = (document: string) => ({
    ...answerOf(draft, place),
    advanced: true,
    document,
  });
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: '*',
  };

  it.each([
    ['nothing', answerOf(draft, place), /^$/],
    ['no callers', emptyAnswer, /at least one role/],
    ['no methods', answerOf({ ...draft, methods: [] }, place), /one method/],
    ['a bad path', answerOf({ ...draft, paths: ['a'] }, place), /The path a /],
    [
      'a wildcard within a path',
      answerOf({ ...draft, paths: ['/a/*/b'] }, place),
      /The path \/a\/\*\/b /,
    ],
    [
      'a caller that is no role',
      answerOf({ ...draft, callers: ['anonymous'] }, place),
      /anonymous is not the ARN/,
    ],
    ['text that is no JSON', written('{'), /./],
    [
      'an unknown key',
      written(
        JSON.stringify({
          Statement: {
            ...statement,
            Condition: { StringEquals: { 'vpc-lattice-svcs:Vpc': 'vpc-1' } },
          },
        }),
      ),
      /vpc-lattice-svcs:Vpc/,
    ],
    [
      'a statement without a name',
      written(
        JSON.stringify({ Statement: [{ ...statement, Sid: 'A' }, statement] }),
      ),
      /^Statement 2 has no Sid\./,
    ],
    [
      'another service',
      written(
        JSON.stringify({
          Statement: {
            ...statement,
            Resource:
              'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0/*',
          },
        }),
      ),
      /is another service/,
    ],
    [
      'a document no parameter holds',
      written(
        JSON.stringify({
          Statement: {
            ...statement,
            Sid: 'Own',
            Principal: {
              AWS: Array.from({ length: 100 }, (_, i) => role(`caller-${i}`)),
            },
          },
        }),
      ),
      /a template can pass on 4096/,
    ],
    [
      'more callers than a policy holds',
      answerOf(
        {
          ...draft,
          callers: Array.from({ length: 300 }, (_, i) => role(`caller-${i}`)),
        },
        place,
      ),
      /VPC Lattice takes 10000/,
    ],
  ])('of %s', (_, answer, expected) => {
    expect(problemsOf(answer, place).join(' ')).toMatch(expected);
  });

  it('count a document against what a template can pass on', () => {
    expect(sizeOf(answerOf(draft, place), place).limit).toBe(10_000);
    expect(sizeOf(written('{}'), place)).toEqual({
      characters: 2,
      limit: 4_096,
    });
    const elsewhere = policyPlaceOf(
      {},
      {},
      {
        properties: { document: { maxLength: 10_000 } },
      },
    );
    expect(sizeOf(written('{}'), elsewhere).limit).toBe(10_000);
  });
});
