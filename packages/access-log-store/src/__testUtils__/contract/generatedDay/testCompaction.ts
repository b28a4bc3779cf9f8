/* eslint-disable jest/no-export */
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import type { GeneratedDay } from './describeGeneratedDay';

/** Compaction changes files, and no answer. */
export function testCompaction(given: () => GeneratedDay): void {
  it('says the same of compacted hours', async () => {
    const { calls, keys, store } = given();
    const question = { ...WHOLE_DAY, step: HOUR };
    const before = await store.outcomesOverTime(question);
    // Three parts, and what says that the hour was read.
    expect(await keys()).toHaveLength(4 * 24);
    expect(await store.compact({ before: DAY + 12 * HOUR })).toEqual({
      hours: 12,
    });
    // Whoever began earlier may still read them.
    expect(await keys()).toHaveLength(4 * 24 + 12);
    expect(await store.outcomesOverTime(question)).toEqual(before);
    expect(await store.compact({ before: DAY + 12 * HOUR })).toEqual({
      hours: 0,
    });
    const again = await store.append({
      id: 'part 1',
      calls: calls.filter((_, index) => index % 3 === 1),
    });
    expect(again).toEqual({ written: 0 });
    expect(await store.outcomesOverTime(question)).toEqual(before);
  });
}
