import { InputError } from '@backstage/errors';
import {
  emptyOutcomeCounts,
  type OutcomesOverTime,
} from '@lattice-portal/plugin-lattice-common';
import type { OutcomeCount, TimeRange } from '../database/TrafficStore';

/** Width of the stored buckets in seconds. */
export const smallestStep = 300;

/** Buckets that one answer has at most: those of five minutes of 34 days. */
export const mostBuckets = 10_000;

/**
 * @param options - `step` in seconds
 * @throws InputError if a range has more than {@link mostBuckets} steps
 */
export function requireFewBuckets(options: {
  range: TimeRange;
  step: number;
}): void {
  const { range, step } = options;
  const seconds = (range.to - range.from) / 1000;
  if (seconds / step > mostBuckets) {
    throw new InputError(
      `The window has more than ${mostBuckets} steps of ${step} seconds: ask for a step of ${Math.ceil(
        seconds / mostBuckets,
      )} seconds or more, or for less time`,
    );
  }
}

/**
 * Folds five-minute rows to buckets of a step. Every bucket of the range is there, empty ones too.
 *
 * @param options - `step` in seconds, a multiple of {@link smallestStep}; `range` begins at a step
 */
export function toOutcomeBuckets(options: {
  rows: OutcomeCount[];
  range: TimeRange;
  step: number;
}): OutcomesOverTime['buckets'] {
  const { rows, range, step } = options;
  const width = step * 1000;
  const buckets = new Map<number, OutcomesOverTime['buckets'][number]>();
  for (let start = range.from; start < range.to; start += width) {
    buckets.set(start, {
      start: new Date(start).toISOString(),
      counts: emptyOutcomeCounts(),
    });
  }
  for (const { bucket, outcome, count } of rows) {
    const into = buckets.get(bucket - (bucket % width));
    if (into) {
      into.counts[outcome] += count;
    }
  }
  return [...buckets.values()];
}
