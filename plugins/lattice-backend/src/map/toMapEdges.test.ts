import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { EdgeTraffic, NewestCall } from '../database/TrafficStore';
import { emptyHistogram } from '../ingest/durationHistogram';
import { toMapEdges } from './toMapEdges';

const iso = (time: number) => new Date(time).toISOString();
const calls = (outcome: Outcome, lastSeen: number) => ({
  outcome,
  count: 2,
  firstSeen: lastSeen - 1,
  lastSeen,
});
const edge: EdgeTraffic = {
  id: 'caller|service|vpc-1',
  serviceArn: 'service',
  callerId: 'caller',
  callerKind: 'signed',
  sourceVpcId: 'vpc-1',
  calls: [calls('failed', 40)],
  durations: emptyHistogram(),
};
const denied: NewestCall = {
  serviceArn: 'service',
  callerId: 'caller',
  callerAccountId: '1',
  outcome: 'denied-by-service',
  lastSeen: 30,
  deniedRequestId: 'd1',
};

describe('toMapEdges', () => {
  it('adds up calls however they ended', () => {
    const durations = emptyHistogram();
    durations[3] = 4;
    const { callerKind: _, calls: __, durations: ___, ...parties } = edge;
    expect(
      toMapEdges({
        traffic: [
          {
            ...edge,
            calls: [calls('allowed', 40), calls('failed', 70)],
            durations,
            lastAllowed: iso(50),
          },
        ],
        allowsDenied: () => true,
      }),
    ).toEqual([
      {
        ...parties,
        counts: {
          allowed: 2,
          'denied-by-network': 0,
          'denied-by-service': 0,
          'denied-by-identity': 0,
          'target-refused': 0,
          failed: 2,
        },
        lastOutcome: 'failed',
        firstSeen: iso(39),
        lastSeen: iso(70),
        lastAllowed: iso(50),
        lastDenied: undefined,
        durationP50: 7.5,
        durationP95: 9.8,
        lastDeniedRequestId: undefined,
      },
    ]);
  });

  it.each([
    ['names a denied request to who may read it', true, 'd1'],
    ['names none to others', false, undefined],
  ])('%s', (_, allowed, lastDeniedRequestId) => {
    const allowsDenied = jest.fn(() => allowed);
    expect(
      toMapEdges({
        traffic: [{ ...edge, newestDenied: denied, lastDenied: iso(30) }],
        allowsDenied,
      }),
    ).toMatchObject([{ lastDenied: iso(30), lastDeniedRequestId }]);
    expect(allowsDenied).toHaveBeenCalledWith(
      expect.objectContaining({
        id: 'd1',
        serviceArn: 'service',
        callerAccountId: '1',
      }),
    );
  });

  it('names it to nobody else who asks for the same edge', () => {
    const traffic = [{ ...edge, newestDenied: denied }];
    const idFor = (allowed: boolean) =>
      toMapEdges({ traffic, allowsDenied: () => allowed })[0]
        .lastDeniedRequestId;
    expect([true, false, true].map(idFor)).toEqual(['d1', undefined, 'd1']);
  });

  it('names none where it is not kept any more', () => {
    const allowsDenied = jest.fn(() => true);
    const newestDenied = { ...denied, deniedRequestId: undefined };
    expect(
      toMapEdges({ traffic: [{ ...edge, newestDenied }], allowsDenied }),
    ).toMatchObject([{ lastDeniedRequestId: undefined }]);
    expect(allowsDenied).not.toHaveBeenCalled();
  });
});
