/* eslint-disable jest/no-export */
import { countsIn, grouped } from '../../reference';
import type { ScopedCalls } from './describeScopes';

/** Outcomes by steps of time. */
export function testOutcomesOverTime(given: () => ScopedCalls): void {
  it('tells outcomes over time', async () => {
    const { inScope, lineCount, scope, store } = given();
    const step = 5 * 60_000;
    const answer = await store.outcomesOverTime({ ...scope, step });
    const expected = grouped(
      inScope,
      ({ record }) => Math.floor(record.timestamp / step) * step,
    ).map(group => ({
      start: Math.floor(group[0].record.timestamp / step) * step,
      counts: countsIn(group),
    }));
    expect(answer.items).toEqual(expected.sort((a, b) => a.start - b.start));
    expect(answer.lines).toBe(lineCount);
    expect(answer.gaps).toEqual([]);
  });
}
