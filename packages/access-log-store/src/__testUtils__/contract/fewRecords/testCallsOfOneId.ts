/* eslint-disable jest/no-export */
import type { StoredCall } from '../../../types';
import { storedCall } from '../../generatedCalls';
import { DAY, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

const SECOND = 1000;

/** Clients choose request ids, also one for all of a load test. */
export function testCallsOfOneId(given: () => FewRecords): void {
  it('gives the newest calls of an id that very many have', async () => {
    const { store } = given();
    const callsOf = (id: string, count: number): StoredCall[] =>
      Array.from({ length: count }, (_, index) =>
        callAt(0, { requestId: id, timestamp: DAY + index * SECOND }),
      );
    const withTwin = (call: StoredCall) => [
      call,
      storedCall(call.record, { source: 'service-log', twin: true }),
    ];
    const many = callsOf('many', 251);
    const fitting = callsOf('fitting', 250);
    // Of the oldest of these, one record is within the limit: it is not taken for all that there is of it.
    const odd = callsOf('odd', 250);
    const lone = callAt(5, { requestId: 'odd' });
    await store.append({
      id: 'a',
      calls: [...[...many, ...fitting, ...odd].flatMap(withTwin), lone],
    });
    const ask = (requestId: string) =>
      store.callsByRequestId({ ...WHOLE_DAY, requestId });

    const newest = await ask('many');
    expect(newest.items).toEqual(
      many
        .slice(1)
        .reverse()
        .map(call => ({ key: call.key, records: withTwin(call) })),
    );
    expect(newest).toMatchObject({ lines: 500, hasMore: true });

    expect(await ask('fitting')).toMatchObject({ lines: 500, hasMore: false });

    const cut = await ask('odd');
    expect(cut.items.map(({ records }) => records.length)).toEqual([
      1,
      ...Array.from({ length: 249 }, () => 2),
    ]);
    expect(cut).toMatchObject({ lines: 499, hasMore: true });
  });
}
