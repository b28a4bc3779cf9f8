/* eslint-disable jest/no-export */
import type { StoredCall } from '../../../types';
import { countsIn, grouped, seen } from '../../reference';
import type { ScopedCalls } from './describeScopes';

/** Who called what, by which network and from where. */
export function testEdges(given: () => ScopedCalls): void {
  it('tells edges', async () => {
    const { inScope, lineCount, scope, store } = given();
    const durationBounds = [1, 10, 100, 1000];
    const answer = await store.edges({ ...scope, durationBounds });
    const by = (call: StoredCall) => [
      call.caller.id,
      call.record.serviceArn,
      call.record.serviceNetworkArn,
      call.record.sourceVpcId,
    ];
    const expected = grouped(inScope, by).map(group => {
      const [{ caller, record }] = group;
      const sum = (of: (call: StoredCall) => number | undefined) =>
        group.reduce((total, call) => total + (of(call) ?? 0), 0);
      return {
        callerId: caller.id,
        callerKind: caller.kind,
        callerAccountId: caller.accountId,
        serviceArn: record.serviceArn,
        serviceNetworkArn: record.serviceNetworkArn,
        sourceVpcId: record.sourceVpcId,
        counts: countsIn(group),
        durations: [...durationBounds, Infinity].map(
          (bound, index) =>
            group.filter(
              call =>
                call.record.duration !== undefined &&
                call.record.duration < bound &&
                call.record.duration >= (durationBounds[index - 1] ?? 0),
            ).length,
        ),
        bytesReceived: sum(call => call.record.bytesReceived),
        bytesSent: sum(call => call.record.bytesSent),
        ...seen(group),
      };
    });
    const key = (edge: object) => JSON.stringify(edge);
    expect(new Map(answer.items.map(edge => [key(edge), edge]))).toEqual(
      new Map(expected.map(edge => [key(edge), edge])),
    );
    expect(answer.items).toHaveLength(expected.length);
    expect(answer.lines).toBe(lineCount);
  });
}
