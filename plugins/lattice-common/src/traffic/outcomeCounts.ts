import { isDenied, outcomes } from './outcomes';
import type { OutcomeCounts } from './types';

/**
 * Counts that are all zero.
 *
 * @public
 */
export function emptyOutcomeCounts(): OutcomeCounts {
  return Object.fromEntries(
    outcomes.map(outcome => [outcome, 0]),
  ) as OutcomeCounts;
}

/**
 * The sum of counts.
 *
 * @public
 */
export function sumOutcomeCounts(
  all: Iterable<Readonly<OutcomeCounts>>,
): OutcomeCounts {
  const sum = emptyOutcomeCounts();
  for (const counts of all) {
    for (const outcome of outcomes) {
      sum[outcome] += counts[outcome];
    }
  }
  return sum;
}

/**
 * All calls, however they ended.
 *
 * @public
 */
export function totalCalls(counts: Readonly<OutcomeCounts>): number {
  return outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/**
 * Calls VPC Lattice refused, in whatever layer.
 *
 * @public
 */
export function deniedCalls(counts: Readonly<OutcomeCounts>): number {
  return outcomes
    .filter(isDenied)
    .reduce((sum, outcome) => sum + counts[outcome], 0);
}
