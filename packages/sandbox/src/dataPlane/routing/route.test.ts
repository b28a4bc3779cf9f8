import type { RuleMatch } from '../../estate/resources';
import { Estate } from '../../estate/Estate';
import { chooseTarget } from './chooseTarget';
import { actionFor, ruleMatches } from './route';

type HttpMatch = RuleMatch['httpMatch'];

const request = {
  method: 'GET',
  path: '/Items/7',
  headers: { 'x-tenant': ['Commerce', 'edge'] },
};

describe('ruleMatches', () => {
  it.each<[string, HttpMatch, boolean]>([
    ['no condition', {}, true],
    ['the method', { method: 'GET' }, true],
    ['the method in another case', { method: 'get' }, false],
    ['another method', { method: 'POST' }, false],
    ['a path prefix', { pathMatch: { match: { prefix: '/items' } } }, true],
    [
      'a path prefix in another case',
      { pathMatch: { match: { prefix: '/items' }, caseSensitive: true } },
      false,
    ],
    ['an exact path', { pathMatch: { match: { exact: '/items/7' } } }, true],
    ['part of a path', { pathMatch: { match: { exact: '/items' } } }, false],
    [
      'a header, in any case',
      { headerMatches: [{ name: 'X-Tenant', match: { exact: 'commerce' } }] },
      true,
    ],
    [
      'a header in another case',
      {
        headerMatches: [
          {
            name: 'x-tenant',
            match: { exact: 'commerce' },
            caseSensitive: true,
          },
        ],
      },
      false,
    ],
    [
      'a second value of a header',
      { headerMatches: [{ name: 'x-tenant', match: { prefix: 'ed' } }] },
      true,
    ],
    [
      'a part of a header',
      { headerMatches: [{ name: 'x-tenant', match: { contains: 'omme' } }] },
      true,
    ],
    [
      'a header that is not there',
      { headerMatches: [{ name: 'x-other', match: { contains: '' } }] },
      false,
    ],
    [
      'one condition of two',
      { method: 'GET', pathMatch: { match: { exact: '/other' } } },
      false,
    ],
  ])('%s', (_name, httpMatch, expected) => {
    expect(ruleMatches({ httpMatch }, request)).toBe(expected);
  });
});

const described = {
  accountId: '111111111111',
  region: 'us-east-1',
  tags: {},
  createdAt: '',
  lastUpdatedAt: '',
};

describe('actionFor', () => {
  it('takes the first rule by priority, else the default', () => {
    const estate = new Estate();
    const listener = {
      ...described,
      arn: 'l',
      id: 'l',
      name: 'l',
      serviceArn: 's',
      protocol: 'HTTPS' as const,
      port: 443,
      defaultAction: { fixedResponse: { statusCode: 404 } },
    };
    const rules = [
      ['wide', 20, '/items', 500],
      ['narrow', 10, '/items/7', 404],
    ] as const;
    for (const [name, priority, prefix, statusCode] of rules) {
      estate.rules.put(name, {
        ...described,
        arn: name,
        id: name,
        name,
        serviceArn: 's',
        listenerArn: 'l',
        priority,
        match: { httpMatch: { pathMatch: { match: { prefix } } } },
        action: { fixedResponse: { statusCode } },
      });
    }
    const statusOf = (path: string) =>
      actionFor({ estate, listener, request: { ...request, path } });
    expect(statusOf('/items/7')).toEqual({
      fixedResponse: { statusCode: 404 },
    });
    expect(statusOf('/items/8')).toEqual({
      fixedResponse: { statusCode: 500 },
    });
    expect(statusOf('/')).toBe(listener.defaultAction);
  });
});

describe('chooseTarget', () => {
  const estate = new Estate();
  for (const id of ['tg-1', 'tg-2', 'tg-3']) {
    estate.targetGroups.put(`arn/${id}`, {
      ...described,
      arn: `arn/${id}`,
      id,
      name: id,
      type: 'IP',
      status: 'ACTIVE',
      targets: [
        { id: `${id}-down`, status: 'UNHEALTHY' },
        { id: `${id}-away`, status: 'DRAINING' },
        ...(id === 'tg-2'
          ? []
          : [{ id: `${id}-up`, status: 'HEALTHY' as const }]),
      ],
    });
  }
  const choose = (weights: [string, number?][], random: number) =>
    chooseTarget({
      estate,
      action: {
        forward: {
          targetGroups: weights.map(([targetGroupIdentifier, weight]) => ({
            targetGroupIdentifier,
            weight,
          })),
        },
      },
      random: () => random,
    }).target?.id;

  it.each<[string, [string, number?][], number, string | undefined]>([
    [
      'by weight',
      [
        ['arn/tg-1', 90],
        ['arn/tg-3', 10],
      ],
      0.89,
      'tg-1-up',
    ],
    [
      'by weight',
      [
        ['arn/tg-1', 90],
        ['arn/tg-3', 10],
      ],
      0.91,
      'tg-3-up',
    ],
    [
      'never with weight 0',
      [
        ['arn/tg-1', 0],
        ['arn/tg-3', 10],
      ],
      0,
      'tg-3-up',
    ],
    ['by id, without weight', [['tg-1']], 0.5, 'tg-1-up'],
    ['failing open', [['arn/tg-2']], 0.5, 'tg-2-down'],
    ['nothing', [['arn/tg-9']], 0.5, undefined],
  ])('chooses %s', (_name, weights, random, expected) => {
    expect(choose(weights, random)).toBe(expected);
  });
});
