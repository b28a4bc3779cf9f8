import {
  emptyOutcomeCounts,
  type OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';
import { fixtureMap } from '../../__testUtils__/fixtureMap';
import { mainOutcome, troubles } from './edgeOutcomes';
import { findInMap } from './findInMap';

const counts = (some: Partial<OutcomeCounts>) => ({
  ...emptyOutcomeCounts(),
  ...some,
});

describe('edge outcomes', () => {
  it.each([
    [counts({}), undefined, []],
    [counts({ allowed: 3 }), 'allowed', []],
    [counts({ allowed: 3, failed: 1 }), 'allowed', ['failed']],
    [
      counts({ allowed: 3, 'denied-by-service': 3 }),
      'denied-by-service',
      ['denied-by-service'],
    ],
    [
      counts({ 'target-refused': 1, 'denied-by-network': 2 }),
      'denied-by-network',
      ['denied-by-network', 'target-refused'],
    ],
  ])('%j', (given, main, marks) => {
    expect(mainOutcome(given)).toBe(main);
    expect(troubles(given)).toEqual(marks);
  });

  it.each([
    [{}, undefined],
    [{ text: 'batch inv' }, ['batch-export-inventory']],
    [{ text: 'ANALYTICS', outcome: 'denied-by-network' }, ['reporting-orders']],
    [{ outcome: 'target-refused' }, ['orders-function-payments']],
    [{ text: 'nobody' }, []],
  ] as const)('finds %j', (search, expected) => {
    const found = findInMap(fixtureMap, search);
    expect(found && [...found]).toEqual(expected);
  });
});
