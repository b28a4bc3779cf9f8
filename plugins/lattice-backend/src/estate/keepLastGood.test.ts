import type { EstateGap } from '@lattice-portal/plugin-lattice-common';
import { estateOf } from '../__testUtils__/estateOf';
import { keepLastGood } from './keepLastGood';

const lastReadAt = '2026-11-22T10:00:00.000Z';
const longAgo = '2026-11-22T08:00:00.000Z';

const gapIn = (part: string): EstateGap => ({ part, reason: 'AccessDenied' });
const subscription = (arn: string, resourceArn: string) => ({
  arn,
  resourceArn,
});

const full = estateOf({
  services: [{ arn: 's1', tags: { owner: 'commerce' }, listeners: ['l'] }],
  targetGroups: [{ arn: 't1', targets: ['x'] }],
  vpcs: [{ id: 'vpc-1' }],
  accessLogSubscriptions: [subscription('a', 's1'), subscription('b', 's2')],
});

describe('keepLastGood', () => {
  it.each([
    ['services', full.services],
    ['vpcs', full.vpcs],
    ['accessLogSubscriptions', full.accessLogSubscriptions],
  ] as const)('keeps %s', (part, kept) => {
    const fresh = estateOf({ gaps: [gapIn(part)] });
    const estate = keepLastGood({ fresh, last: full, lastReadAt });
    expect(estate).toEqual({
      ...estateOf(),
      [part]: kept,
      gaps: [{ ...gapIn(part), keptFrom: lastReadAt }],
    });
  });

  it('keeps what is listed by a resource, and nothing of others', () => {
    const estate = keepLastGood({
      fresh: estateOf({ gaps: [gapIn('accessLogSubscriptions of s1')] }),
      last: full,
      lastReadAt,
    });
    expect(estate.accessLogSubscriptions).toEqual([subscription('a', 's1')]);
  });

  it('keeps parts of a resource that is there, and takes what is new', () => {
    const estate = keepLastGood({
      fresh: estateOf({
        services: [
          { arn: 's1', listeners: [], name: 'new' },
          { arn: 's2', listeners: [] },
        ],
        targetGroups: [{ arn: 't1', targets: [] }],
        gaps: [
          gapIn('tags of s1'),
          gapIn('tags of s2'),
          gapIn('listeners of s1'),
        ],
      }),
      last: full,
      lastReadAt,
    });
    expect(estate.services).toEqual([
      {
        arn: 's1',
        name: 'new',
        tags: { owner: 'commerce' },
        listeners: ['l'],
      },
      { arn: 's2', listeners: [] },
    ]);
    expect(estate.targetGroups).toEqual([{ arn: 't1', targets: [] }]);
  });

  it('remembers since when, and takes no gap for a list', () => {
    const gaps = [gapIn('services'), gapIn('roles')];
    const last = {
      ...full,
      gaps: [{ ...gapIn('services'), keptFrom: longAgo }, gapIn('roles')],
    };
    const estate = keepLastGood({
      fresh: estateOf({ gaps }),
      last,
      lastReadAt,
    });
    expect(estate.services).toEqual(full.services);
    expect(estate.gaps).toEqual(last.gaps);
  });

  it.each(['auth policy of s1', 'policy history', 's1'])(
    'leaves %s as it is',
    part => {
      const fresh = estateOf({ gaps: [gapIn(part)] });
      expect(keepLastGood({ fresh, last: full, lastReadAt })).toEqual(fresh);
    },
  );
});
