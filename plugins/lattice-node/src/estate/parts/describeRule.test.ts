import type { RuleMatch } from '@aws-sdk/client-vpc-lattice';
import { describeAction, describeMatch } from './describeRule';

describe('describeMatch', () => {
  it.each<[string, RuleMatch | undefined]>([
    ['default', undefined],
    [
      'GET /items/*',
      {
        httpMatch: {
          method: 'GET',
          pathMatch: { match: { prefix: '/items/' } },
        },
      },
    ],
    ['any method /a', { httpMatch: { pathMatch: { match: { exact: '/a' } } } }],
    [
      'POST /* x-tenant: a x-region: eu* x-trace: *1*',
      {
        httpMatch: {
          method: 'POST',
          headerMatches: [
            { name: 'x-tenant', match: { exact: 'a' } },
            { name: 'x-region', match: { prefix: 'eu' } },
            { name: 'x-trace', match: { contains: '1' } },
          ],
        },
      },
    ],
    ['a match this version does not know', { $unknown: ['tlsMatch', {}] }],
  ])('says %s', (words, match) => {
    expect(describeMatch(match)).toBe(words);
  });
});

describe('describeAction', () => {
  it('names target groups or the fixed response', () => {
    expect(
      describeAction({
        forward: {
          targetGroups: [{ targetGroupIdentifier: 'tg-1', weight: 10 }],
        },
      }),
    ).toEqual({ targetGroups: [{ targetGroupArn: 'tg-1', weight: 10 }] });
    expect(describeAction({ fixedResponse: { statusCode: 404 } })).toEqual({
      targetGroups: [],
      fixedResponseStatus: 404,
    });
  });
});
