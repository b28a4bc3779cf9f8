/* eslint-disable jest/no-export */
import type { StoredCall } from '../../../types';
import { linesIn, newestFirst } from '../../reference';
import type { ScopedCalls } from './describeScopes';

/** Denied calls page by page, newest first. */
export function testDeniedRequests(given: () => ScopedCalls): void {
  it('pages through denied requests', async () => {
    const { calls, inScope, scope, store } = given();
    const found: StoredCall[] = [];
    const limit = 97;
    let after: string | undefined;
    do {
      const page = await store.deniedRequests({ ...scope, limit, after });
      found.push(...page.items);
      after = page.next;
      expect(page.lines).toBe(
        linesIn(calls, scope).filter(({ outcome }) =>
          outcome.startsWith('denied-by-'),
        ).length,
      );
    } while (after);
    expect(found).toEqual(
      newestFirst(
        inScope.filter(({ outcome }) => outcome.startsWith('denied-by-')),
      ),
    );
  });
}
