import {
  emptyOutcomeCounts,
  type MapEdge,
  type OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';
import { toServiceCallers } from './toServiceCallers';

const caller = (id: string) => ({
  id,
  kind: 'signed' as const,
  name: id,
  vpcIds: [],
});
const edge = (callerId: string, counts: Partial<OutcomeCounts>) =>
  ({ callerId, counts: { ...emptyOutcomeCounts(), ...counts } } as MapEdge);

describe('toServiceCallers', () => {
  it('adds up each caller over its VPCs, with the share that was denied', () => {
    expect(
      toServiceCallers({
        callers: ['fine', 'some', 'never'].map(caller),
        edges: [
          edge('fine', { allowed: 90, 'target-refused': 5, failed: 5 }),
          edge('some', { allowed: 5, 'denied-by-network': 1 }),
          edge('some', { 'denied-by-service': 1, 'denied-by-identity': 1 }),
          edge('never', { 'denied-by-service': 4 }),
        ],
      }).map(({ id, calls, denied, deniedShare, counts }) => [
        id,
        calls,
        denied,
        deniedShare,
        counts.allowed,
      ]),
    ).toEqual([
      ['never', 4, 4, 1, 0],
      ['some', 8, 3, 0.375, 5],
      ['fine', 100, 0, 0, 90],
    ]);
  });
});
