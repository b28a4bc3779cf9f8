/* eslint-disable jest/no-export */
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** A batch is written once. */
export function testAppending(given: () => FewRecords): void {
  it('does not write a batch twice, also when its hour was compacted and cleaned', async () => {
    const { store, keys, passTime } = given();
    const batch = { id: 'a', calls: [callAt(1), callAt(1.5), callAt(2)] };
    const other = { id: 'b', calls: [callAt(1.25), callAt(2.25)] };
    expect(await store.append(batch)).toEqual({ written: 3 });
    expect(await store.append(batch)).toEqual({ written: 0 });
    expect(await store.append(other)).toEqual({ written: 2 });
    await store.compact({ before: DAY + 2 * HOUR });
    passTime(24 * HOUR);
    await store.compact({ before: DAY + 2 * HOUR });
    expect(await keys()).toHaveLength(3);
    expect(await store.append(other)).toEqual({ written: 0 });
    // Late lines come in another batch, and make the hour be compacted once more.
    await store.append({ id: 'c', calls: [callAt(1.75)] });
    await store.compact({ before: DAY + 3 * HOUR });
    expect(await store.append(batch)).toEqual({ written: 0 });
    expect((await store.callers(WHOLE_DAY)).lines).toBe(6);
  });
}
