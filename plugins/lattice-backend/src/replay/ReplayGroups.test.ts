import { callerOf } from '@lattice-portal/access-logs';
import { callOf, serviceArn } from '../__testUtils__/policyEstate';
import type { CallVerdict } from './compareResults';
import { type CountedCall, ReplayGroups } from './ReplayGroups';

const denied: CallVerdict = {
  change: 'newly-denied',
  layers: [],
  reasons: [],
};

function calls(path: string, count: number, method = 'GET'): CountedCall {
  const record = callOf({ requestPath: path, requestMethod: method });
  const { timestamp } = record;
  return {
    record,
    caller: callerOf(record),
    outcome: 'allowed',
    count,
    firstSeen: timestamp,
    lastSeen: timestamp,
  };
}

function grouped(all: readonly CountedCall[], maxByPath: number) {
  const groups = new ReplayGroups({ maxByPath });
  for (const call of all) {
    groups.add(call, denied);
  }
  return groups.groups();
}

describe('ReplayGroups', () => {
  const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const some = words.map((word, index) =>
    calls(`/${word}`, index % 2 === 0 ? 5 : 7),
  );

  it('tells the largest groups apart by path, of equal ones the first by text', () => {
    const groups = grouped([...some, calls('/a', 1, 'POST')], 4);
    expect(
      groups.map(({ method, pathShape, count }) => [method, pathShape, count]),
    ).toEqual([
      ['GET', undefined, 6 * 5 + 2 * 7],
      ['GET', '/b', 7],
      ['GET', '/d', 7],
      ['GET', '/f', 7],
      ['GET', '/h', 7],
      ['POST', undefined, 1],
    ]);
  });

  it.each([1, 2, 3, 100])(
    'gives the same for calls in any order, with at most %d groups by path',
    max => {
      const twice = [...some, ...some].map((call, index) => ({
        ...call,
        lastSeen: call.lastSeen + (index % 5) * 1000,
      }));
      const expected = grouped(twice, max);
      for (let turn = 1; turn < twice.length; turn++) {
        const turned = [...twice.slice(turn), ...twice.slice(0, turn)];
        expect(grouped(turned, max)).toEqual(expected);
        expect(grouped(turned.reverse(), max)).toEqual(expected);
      }
      const sum = expected.reduce((all, { count }) => all + count, 0);
      expect(sum).toBe(2 * 6 * (5 + 7));
      expect(expected.filter(({ pathShape }) => pathShape)).toHaveLength(
        Math.min(max, words.length),
      );
      expect(expected.every(group => group.serviceArn === serviceArn)).toBe(
        true,
      );
    },
  );
});
