/* eslint-disable jest/no-export */
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** What is not there is said. */
export function testGaps(given: () => FewRecords): void {
  it('says what is not there', async () => {
    const { store } = given();
    expect(await store.callers(WHOLE_DAY)).toEqual({
      window: {
        from: '2026-11-22T00:00:00.000Z',
        to: '2026-11-23T00:00:00.000Z',
      },
      lines: 0,
      items: [],
      gaps: [
        {
          kind: 'not-read',
          from: '2026-11-22T00:00:00.000Z',
          to: '2026-11-22T10:00:00.000Z',
        },
        { kind: 'source', source: 'arn:logs', reason: 'AccessDenied' },
      ],
    });
    await store.append({
      id: 'some',
      calls: [callAt(3.5)],
      hoursRead: [DAY + HOUR, DAY + 2.5 * HOUR],
    });
    const { gaps, lines: counted } = await store.callers({
      from: DAY + 0.5 * HOUR,
      to: DAY + 4.25 * HOUR,
    });
    expect(counted).toBe(1);
    expect(gaps.slice(0, -1)).toEqual([
      {
        kind: 'not-read',
        from: '2026-11-22T00:30:00.000Z',
        to: '2026-11-22T01:00:00.000Z',
      },
      {
        kind: 'partly-read',
        from: '2026-11-22T03:00:00.000Z',
        to: '2026-11-22T04:00:00.000Z',
      },
      {
        kind: 'not-read',
        from: '2026-11-22T04:00:00.000Z',
        to: '2026-11-22T04:15:00.000Z',
      },
    ]);
  });

  it('takes an hour as read once it was told so, not for the records in it', async () => {
    const { store, passTime, keys } = given();
    const gapsAt = async (hour: number) => {
      const { gaps } = await store.callers({
        from: DAY + hour * HOUR,
        to: DAY + (hour + 1) * HOUR,
      });
      return gaps.flatMap(({ kind }) => (kind === 'source' ? [] : [kind]));
    };
    const batch = { id: 'a', calls: [callAt(4), callAt(9.5), callAt(10)] };
    await store.append(batch);
    expect(await gapsAt(4)).toEqual(['partly-read']);
    // It ended just now: it can't have been told yet.
    expect(await gapsAt(9)).toEqual([]);
    passTime(HOUR / 2);
    expect(await gapsAt(9)).toEqual(['partly-read']);
    expect(await gapsAt(10)).toEqual([]);

    // The batch is known, and now it tells hours, too: one that it has records of, and one of another's.
    await store.append({ id: 'b', calls: [callAt(9.75)] });
    const told = { ...batch, hoursRead: [DAY + 4 * HOUR, DAY + 9.5 * HOUR] };
    expect(await store.append(told)).toEqual({ written: 0 });
    expect(await gapsAt(4)).toEqual([]);
    expect(await gapsAt(9)).toEqual([]);
    const written = await keys();
    await store.append(told);
    expect(await keys()).toEqual(written);

    // Also when its files are one, and those it was made of are gone.
    await store.compact({ before: DAY + 10 * HOUR });
    passTime(24 * HOUR);
    await store.append({ id: 'late', calls: [callAt(4.5)] });
    await store.compact({ before: DAY + 10 * HOUR });
    expect(await gapsAt(4)).toEqual([]);
    expect(await gapsAt(9)).toEqual([]);
    expect(await gapsAt(10)).toEqual(['partly-read']);
    expect((await store.callers(WHOLE_DAY)).lines).toBe(5);
  });
}
