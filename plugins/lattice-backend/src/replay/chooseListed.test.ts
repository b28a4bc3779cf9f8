import { chooseListed } from './chooseListed';
import type { StoredReplayGroup } from './ReplayGroups';

const group = (
  serviceArn: string,
  count: number,
  callerAccountId?: string,
): StoredReplayGroup => ({
  change: 'unchanged',
  callerId: 'x',
  callerAccountId,
  serviceArn,
  count,
  firstSeen: '',
  lastSeen: '',
  layers: [],
  reasons: [],
  examples: [],
});
const groups = [
  group('a', 9, '1'),
  group('a', 8, '2'),
  group('a', 7, '1'),
  group('b', 5, '1'),
  group('a', 4, '1'),
  group('b', 3),
  group('c', 1, '2'),
];

describe('chooseListed', () => {
  it.each([
    [0, []],
    [2, ['a9', 'b5']],
    [3, ['a9', 'b5', 'c1']],
    [4, ['a9', 'a8', 'b5', 'c1']],
    [6, ['a9', 'a8', 'a7', 'b5', 'b3', 'c1']],
    [7, ['a9', 'a8', 'a7', 'b5', 'a4', 'b3', 'c1']],
    [8, ['a9', 'a8', 'a7', 'b5', 'a4', 'b3', 'c1']],
  ])('lists at most %d, the largest of each service', (max, expected) => {
    const { listed, unlisted } = chooseListed({ groups, max });
    expect(
      listed.map(({ serviceArn, count }) => `${serviceArn}${count}`),
    ).toEqual(expected);
    const sumOf = (key: 'groups' | 'calls') =>
      unlisted.reduce((sum, one) => sum + one[key], 0);
    expect(listed.length + sumOf('groups')).toBe(groups.length);
    expect(
      listed.reduce((sum, { count }) => sum + count, 0) + sumOf('calls'),
    ).toBe(37);
  });

  it('sums up the others by what says who may see them', () => {
    expect(chooseListed({ groups, max: 2 }).unlisted).toEqual([
      { serviceArn: 'a', callerAccountId: '2', groups: 1, calls: 8 },
      { serviceArn: 'a', callerAccountId: '1', groups: 2, calls: 11 },
      { serviceArn: 'b', callerAccountId: undefined, groups: 1, calls: 3 },
      { serviceArn: 'c', callerAccountId: '2', groups: 1, calls: 1 },
    ]);
  });
});
