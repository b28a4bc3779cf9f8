import { callerOf } from '@lattice-portal/access-logs';
import { callOf, serviceArn } from '../__testUtils__/policyEstate';
import { UNCHANGED } from './compareResults';
import type { CountedCall } from './ReplayGroups';
import { ReplayTally } from './ReplayTally';

function calls(fields: Parameters<typeof callOf>[0]): CountedCall {
  const record = callOf(fields);
  const { timestamp } = record;
  return {
    record,
    caller: callerOf(record),
    outcome: 'allowed',
    count: 2,
    firstSeen: timestamp - 1000,
    lastSeen: timestamp,
  };
}

describe('ReplayTally', () => {
  it('groups calls that stay as they are, with examples', () => {
    const tally = new ReplayTally();
    for (const id of [1, 2]) {
      tally.add(calls({ requestPath: `/orders/${id}` }), UNCHANGED);
    }
    const { groups, unlisted } = tally.groups();
    expect(unlisted).toEqual([]);
    expect(groups).toEqual([
      {
        change: 'unchanged',
        callerId: 'arn:aws:iam::445566778899:role/orders',
        callerAccountId: '445566778899',
        serviceArn,
        method: 'GET',
        pathShape: '/orders/*',
        count: 4,
        firstSeen: '2026-11-22T09:59:59.000Z',
        lastSeen: '2026-11-22T10:00:00.000Z',
        layers: [],
        reasons: [],
        examples: [1, 2].map(id => ({
          time: '2026-11-22T10:00:00.000Z',
          path: `/orders/${id}`,
          sourceVpcId: undefined,
          outcome: 'allowed',
        })),
      },
    ]);
  });

  it('keeps as many groups as it may, whatever clients call, and says how many there are', () => {
    const tally = new ReplayTally();
    const services = Array.from({ length: 30 }, (_, index) => `svc-${index}`);
    const paths = Array.from(
      { length: 50 },
      (_, index) => `/p/${'x'.repeat(index + 1)}`,
    );
    for (const arn of services) {
      for (const requestPath of paths) {
        tally.add(calls({ serviceArn: arn, requestPath }), UNCHANGED);
      }
    }
    const denied = calls({ serviceArn: 'small' });
    tally.add(denied, { change: 'newly-denied', layers: [], reasons: [] });
    for (let index = 0; index < 3_000; index++) {
      const requestMethod = `M${index}`;
      tally.add(calls({ serviceArn: 'odd', requestMethod }), UNCHANGED);
    }
    const { groups, unlisted } = tally.groups();
    expect(groups).toHaveLength(1 + 1_000);
    expect(groups[0]).toMatchObject({ change: 'newly-denied', count: 2 });
    expect(groups.filter(group => group.serviceArn === 'odd')).toMatchObject([
      { method: undefined, pathShape: '/orders/*', count: 6_000 },
    ]);
    const counted = [
      ...groups.map(({ count }) => count),
      ...unlisted.map(one => one.calls),
    ].reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(tally.calls);
    expect(unlisted.reduce((sum, one) => sum + one.groups, 0)).toBe(
      services.length * paths.length + 1 - 1_000,
    );
  });
});
