/* eslint-disable jest/no-export */
import { deniedCalls } from '@lattice-portal/plugin-lattice-common';
import { countsIn, grouped, seen } from '../../reference';
import type { ScopedCalls } from './describeScopes';

/** Callers, those denied most first. */
export function testCallers(given: () => ScopedCalls): void {
  it('tells callers', async () => {
    const { inScope, lineCount, scope, store } = given();
    const answer = await store.callers(scope);
    const expected = grouped(inScope, ({ caller }) => caller.id).map(group => {
      const counts = countsIn(group);
      const denied = deniedCalls(counts);
      const [{ caller }] = group;
      return {
        callerId: caller.id,
        kind: caller.kind,
        accountId: caller.accountId,
        calls: group.length,
        denied,
        deniedShare: denied / group.length,
        counts,
        ...seen(group),
      };
    });
    expected.sort(
      (a, b) =>
        b.denied - a.denied ||
        b.calls - a.calls ||
        (a.callerId < b.callerId ? -1 : 1),
    );
    expect(answer.items).toEqual(expected);
    expect(answer.lines).toBe(lineCount);
  });
}
