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
        kind: 'not-read',
        from: '2026-11-22T04:00:00.000Z',
        to: '2026-11-22T04:15:00.000Z',
      },
    ]);
  });
}
