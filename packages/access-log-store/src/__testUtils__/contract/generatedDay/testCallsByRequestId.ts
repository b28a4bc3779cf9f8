/* eslint-disable jest/no-export */
import { WHOLE_DAY } from '../wholeDay';
import type { GeneratedDay } from './describeGeneratedDay';

/** A call and all records of it. */
export function testCallsByRequestId(given: () => GeneratedDay): void {
  it('finds a call with its twin by the request id', async () => {
    const { calls, store } = given();
    const twin = calls.at(-1)!;
    const { requestId } = twin.record;
    const answer = await store.callsByRequestId({
      ...WHOLE_DAY,
      requestId: requestId!,
    });
    const first = calls.find(({ key }) => key === twin.key)!;
    expect(answer.items).toEqual([{ key: twin.key, records: [first, twin] }]);
    expect(answer.lines).toBe(2);
    expect(answer.hasMore).toBe(false);
  });
}
