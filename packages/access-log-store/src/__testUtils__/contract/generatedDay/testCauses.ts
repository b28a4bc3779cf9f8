/* eslint-disable jest/no-export */
import { causesIn } from '../../reference';
import type { ScopedCalls } from './describeScopes';

/** Denied calls by kind, the most first. */
export function testCauses(given: () => ScopedCalls): void {
  it('tells causes', async () => {
    const { inScope, scope, store } = given();
    const answer = await store.causes({ ...scope, limit: 10_000 });
    const order = (a: object, b: object) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
    expect([...answer.items].sort(order)).toEqual(
      causesIn(inScope).sort(order),
    );
    const counts = answer.items.map(({ count }) => count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });
}
