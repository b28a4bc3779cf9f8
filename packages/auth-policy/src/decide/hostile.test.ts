import { SERVICE, signed } from '../cases/RuleCase';
import { parsePolicy } from '../parse/parsePolicy';
import { AuthorizationRequest } from '../types';
import { decide } from './decide';

/** Milliseconds of work, so that what else the machine does doesn't count. */
const LIMIT = 2000;
const HEADER = 'vpc-lattice-svcs:RequestHeader/x-a';

function decideBy(
  policy: unknown,
  changes: Partial<AuthorizationRequest> = {},
): string {
  const start = process.cpuUsage();
  const { outcome } = decide({
    request: {
      caller: signed(),
      path: '/a',
      headers: {},
      serviceArn: SERVICE,
      ...changes,
    },
    network: { authType: 'NONE' },
    service: { authType: 'AWS_IAM', policy },
    identity: {
      policies: [
        { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      ],
    },
  });
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(LIMIT);
  return outcome;
}

function allow(changes: Record<string, unknown>) {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      ...changes,
    },
  };
}

describe('hostile input', () => {
  it.each([
    ['*?', 'a'],
    ['*a', 'a'],
    ['a*', 'a'],
    ['*?*', 'b'],
  ])('patterns of %s over and over end in time', (piece, letter) => {
    const pattern = `${piece.repeat(2000)}x`;
    const text = letter.repeat(8000);

    expect(
      decideBy(allow({ Resource: `${SERVICE}/${pattern}` }), {
        path: `/${text}`,
      }),
    ).toBe('denied');
    expect(
      decideBy(allow({ Condition: { StringLike: { [HEADER]: pattern } } }), {
        headers: { 'x-a': text },
      }),
    ).toBe('denied');
    expect(
      decideBy(
        allow({ Resource: `arn:aws:vpc-lattice:*:*:service/${pattern}` }),
        { path: `/${text}:${text}` },
      ),
    ).toBe('denied');
  });

  it('holds a pattern against a path that is not known in time', () => {
    expect(
      decideBy(allow({ Resource: `${SERVICE}/${'*?'.repeat(2000)}` }), {
        path: undefined,
      }),
    ).toBe('unknown');
  });

  it('reads many statements, values and variables in time', () => {
    const one = allow({}).Statement;
    const many = Array.from({ length: 20_000 }, (_, index) => `v${index}`);

    expect(
      decideBy({ Statement: Array.from({ length: 5000 }, () => one) }),
    ).toBe('allowed');
    expect(
      decideBy(allow({ Condition: { StringEquals: { [HEADER]: many } } })),
    ).toBe('denied');
    expect(
      decideBy(
        allow({
          Resource: `${SERVICE}/${'${aws:PrincipalTag/t}'.repeat(500)}`,
        }),
        { caller: signed({ tags: { t: '*'.repeat(200) } }) },
      ),
    ).toBe('unknown');
  });

  it.each([
    '['.repeat(100_000),
    '{"Statement":'.repeat(100_000),
    `{"Statement":"${'\\'.repeat(100_001)}"}`,
    `"${'a'.repeat(1_000_000)}`,
    `{${'"a":1,'.repeat(20_000)}"b":2}`,
  ])('text that is no policy ends in time (%#)', text => {
    expect(decideBy(text)).toBe('unknown');
  });

  it('takes a value that holds itself for an invalid policy', () => {
    const loop: Record<string, unknown> = {};
    loop.Statement = loop;

    expect(decideBy(loop)).toBe('unknown');
  });

  it('takes __proto__ for a name like any other', () => {
    const text = '{"__proto__":{"Effect":"Allow"},"Statement":[]}';

    expect(parsePolicy(text)).toMatchObject({
      ok: false,
      problems: [{ message: 'A policy has no element __proto__' }],
    });
    expect(
      decideBy(
        allow({
          Condition: { StringEquals: { 'aws:PrincipalTag/__proto__': 'a' } },
        }),
      ),
    ).toBe('denied');
    expect(({} as Record<string, unknown>).Effect).toBeUndefined();
  });
});
