/* eslint-disable jest/no-export */
import { callFields } from '../../../schema/callFields';
import { DAY, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** Filters by fields of a record; bad ones are refused. */
export function testFilters(given: () => FewRecords): void {
  it('filters by every field', async () => {
    const { store } = given();
    const odd = callAt(1, {
      requestPath: "/Orders/100%_'; DROP TABLE calls; --",
      duration: 1.5,
      responseCode: 403,
    });
    await store.append({
      id: 'a',
      calls: [odd, callAt(2, { requestPath: '/orders/x', responseCode: 500 })],
    });
    const pathsWhere = async (where: object) => {
      const { items } = await store.deniedRequests({ ...WHOLE_DAY, where });
      return items.map(({ record }) => record.requestId);
    };
    expect(
      await pathsWhere({ requestPath: { equals: [odd.record.requestPath] } }),
    ).toEqual(['r-1']);
    expect(await pathsWhere({ requestPath: { contains: '%_' } })).toEqual([
      'r-1',
    ]);
    expect(await pathsWhere({ requestPath: { contains: '/ORDERS/' } })).toEqual(
      ['r-2', 'r-1'],
    );
    expect(
      await pathsWhere({ responseCode: { atLeast: 403, below: 500 } }),
    ).toEqual(['r-1']);
    expect(await pathsWhere({ duration: { equals: [1.5, 7] } })).toEqual([
      'r-1',
    ]);
    expect(
      await pathsWhere({ duration: { atLeast: -1e300, below: 1e21 } }),
    ).toEqual(['r-1']);
    expect(await pathsWhere({ duration: { present: false } })).toEqual(['r-2']);
    expect(
      await pathsWhere({
        responseCode: { present: true },
        hostHeader: { present: true },
      }),
    ).toEqual([]);
    for (const [field, type] of Object.entries(callFields)) {
      const equals = [type === 'text' ? 'none' : 1];
      expect(await pathsWhere({ [field]: { equals } })).toEqual([]);
    }
  }, 60_000);

  it.each([
    [{ nonsense: { equals: ['x'] } }, 'nonsense is no field'],
    [{ 'time_ms) OR (1': { equals: [1] } }, 'is no field'],
    [{ duration: { equals: ['x'] } }, 'duration is a number'],
    [{ duration: { equals: [NaN] } }, 'duration is a number'],
    [{ duration: { contains: 'x' } }, 'duration is a number'],
    [{ requestPath: { atLeast: 1 } }, 'requestPath is a text'],
  ])('refuses the filter %j', async (where, message) => {
    const { store } = given();
    await expect(
      store.deniedRequests({ ...WHOLE_DAY, where: where as object }),
    ).rejects.toThrow(message);
  });

  it.each([
    [{ from: 1, to: 1 }, 'from before to'],
    [{ from: 0, to: DAY }, 'longer than 400 days'],
    [{ ...WHOLE_DAY, limit: 0 }, 'limit has to be'],
    [{ ...WHOLE_DAY, limit: 1.5 }, 'limit has to be'],
    [{ ...WHOLE_DAY, after: 'x' }, 'begin with the first page'],
  ])('refuses %j', async (question, message) => {
    const { store } = given();
    await expect(store.deniedRequests(question)).rejects.toThrow(message);
  });
}
