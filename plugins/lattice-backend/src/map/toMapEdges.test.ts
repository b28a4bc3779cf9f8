import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { StoredEdge } from '../database/TrafficStore';
import { emptyHistogram } from '../ingest/durationHistogram';
import { edgeFactsOf, toMapEdges } from './toMapEdges';

const edge = {
  serviceArn: 'service',
  callerId: 'caller',
  sourceVpcId: 'vpc-1',
};
const call = (outcome: Outcome, lastSeen: number, values: object = {}) => ({
  ...edge,
  ...values,
  outcome,
  lastSeen,
});
const row = (outcome: Outcome, lastSeen: number): StoredEdge => ({
  ...edge,
  callerKind: 'signed',
  outcome,
  count: 2,
  firstSeen: lastSeen - 1,
  lastSeen,
  durations: emptyHistogram(),
});
const iso = (time: number) => new Date(time).toISOString();

describe('toMapEdges', () => {
  it('says when an edge was last allowed and denied, whenever that was', () => {
    const facts = edgeFactsOf({
      newest: [
        call('allowed', 10),
        call('denied-by-network', 20, { deniedRequestId: 'd0' }),
        call('denied-by-service', 30, { deniedRequestId: 'd1' }),
        call('failed', 40),
        call('denied-by-network', 90, { sourceVpcId: undefined }),
      ],
      allowsDenied: () => true,
    });
    expect(toMapEdges({ rows: [row('failed', 40)], facts })).toMatchObject([
      {
        ...edge,
        counts: { failed: 2, allowed: 0 },
        lastOutcome: 'failed',
        lastSeen: iso(40),
        lastAllowed: iso(10),
        lastDenied: iso(30),
        lastDeniedRequestId: 'd1',
      },
    ]);
  });

  it('names a denied request only to who may read it', () => {
    const denied = {
      ...call('denied-by-service', 30),
      callerAccountId: '1',
      deniedRequestId: 'd1',
    };
    const allowsDenied = jest.fn(() => false);
    const [facts] = edgeFactsOf({ newest: [denied], allowsDenied }).values();
    expect(facts).toEqual({ lastDenied: 30 });
    expect(allowsDenied).toHaveBeenCalledWith(
      expect.objectContaining({
        id: 'd1',
        serviceArn: 'service',
        callerAccountId: '1',
      }),
    );
  });

  it('says nothing where there was nothing', () => {
    const [only] = toMapEdges({
      rows: [row('allowed', 10)],
      facts: edgeFactsOf({
        newest: [call('allowed', 10)],
        allowsDenied: () => true,
      }),
    });
    expect(only.lastAllowed).toBe(iso(10));
    expect(only.lastDenied).toBeUndefined();
    expect(only.lastDeniedRequestId).toBeUndefined();
  });
});
