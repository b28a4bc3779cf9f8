/* eslint-disable jest/no-export */
import { WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** No page misses a record, and none is on two. */
export function testPaging(given: () => FewRecords): void {
  it('pages without a gap while records come in', async () => {
    const { store } = given();
    const calls = Array.from({ length: 9 }, (_, index) => callAt(index));
    await store.append({ id: 'a', calls });
    const first = await store.deniedRequests({ ...WHOLE_DAY, limit: 4 });
    await store.append({
      id: 'b',
      calls: [callAt(8.5), callAt(2.5, { requestMethod: 'PUT' })],
    });
    const second = await store.deniedRequests({
      ...WHOLE_DAY,
      limit: 4,
      after: first.next,
    });
    expect(
      [...first.items, ...second.items].map(({ record }) => record.requestId),
    ).toEqual(['r-8', 'r-7', 'r-6', 'r-5', 'r-4', 'r-3', 'r-2.5', 'r-2']);
  });
}
