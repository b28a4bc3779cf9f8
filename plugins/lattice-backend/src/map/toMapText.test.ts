import {
  emptyOutcomeCounts,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { toMapText } from './toMapText';

const edgeOf = (id: string): MapEdge => ({
  id,
  callerId: 'caller',
  serviceArn: 'service "s"',
  counts: { ...emptyOutcomeCounts(), allowed: 2 },
  lastOutcome: 'allowed',
  firstSeen: '2026-11-20T00:00:00.000Z',
  lastSeen: '2026-11-20T01:00:00.000Z',
  lastDeniedRequestId: undefined,
});

describe('toMapText', () => {
  it('is what JSON is of the map, also of one with the same edges', () => {
    const one = edgeOf('a');
    const other = edgeOf('é “b” 🚪');
    for (const edges of [
      [],
      [one],
      [other, one],
      [one, { ...other, id: 'c' }],
    ]) {
      const map = { window: {}, lines: {}, services: [], edges };
      expect(toMapText(map as unknown as ServiceMap).toString()).toBe(
        JSON.stringify(map),
      );
    }
  });
});
