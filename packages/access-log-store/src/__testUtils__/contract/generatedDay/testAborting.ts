/* eslint-disable jest/no-export */
import { WHOLE_DAY } from '../wholeDay';
import type { GeneratedDay } from './describeGeneratedDay';

/** A question ends with its signal. */
export function testAborting(given: () => GeneratedDay): void {
  it('ends when the asker has enough', async () => {
    const { store } = given();
    const asker = new AbortController();
    const asked = store.edges({
      ...WHOLE_DAY,
      durationBounds: [1],
      signal: asker.signal,
    });
    asker.abort(new Error('Enough'));
    await expect(asked).rejects.toThrow('Enough');
    await expect(
      store.edges({ ...WHOLE_DAY, durationBounds: [1], signal: asker.signal }),
    ).rejects.toThrow('Enough');
  });
}
