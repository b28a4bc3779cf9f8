/* eslint-disable jest/no-export */
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** What is old goes, but for what is to be kept. */
export function testDeletion(given: () => FewRecords): void {
  it('deletes what is old, but not what is to be kept', async () => {
    const { store } = given();
    const kept = callAt(1.25, { resolvedUser: 'Anonymous' });
    const calls = [callAt(0), callAt(1), kept, callAt(2), callAt(3)];
    await store.append({ id: 'a', calls });
    await store.compact({ before: DAY + 2 * HOUR });
    const deleted = await store.deleteBefore({
      before: DAY + 3.5 * HOUR,
      keep: [{ from: DAY, to: DAY + 2 * HOUR, callerIds: ['anonymous'] }],
    });
    expect(deleted).toEqual({ lines: 3, kept: 1 });
    const answer = await store.deniedRequests(WHOLE_DAY);
    expect(answer.items).toEqual([calls[4], kept]);
    expect(answer.gaps).toContainEqual({
      kind: 'thinned',
      from: '2026-11-22T01:00:00.000Z',
      to: '2026-11-22T02:00:00.000Z',
    });
    expect(answer.gaps[0]).toEqual({
      kind: 'not-read',
      from: '2026-11-22T00:00:00.000Z',
      to: '2026-11-22T01:00:00.000Z',
    });
    // The batch is known, and its records must not come back.
    await store.append({ id: 'a', calls: [kept] });
    const later = await store.deleteBefore({
      before: DAY + 3 * HOUR,
      keep: [],
    });
    expect(later).toEqual({ lines: 1, kept: 0 });
    expect((await store.deniedRequests(WHOLE_DAY)).items).toEqual([calls[4]]);
  });
}
