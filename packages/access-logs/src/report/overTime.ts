import {
  emptyOutcomeCounts,
  outcomes,
} from '@lattice-portal/plugin-lattice-common';
import type { Report, TimeBucket } from './Report';

const MINUTE = 60 * 1000;
const WIDTHS = [5, 15, 60, 180, 360, 1440, 10080, 43200, 525600].map(
  minutes => minutes * MINUTE,
);
const MAX_BUCKETS = 30;
/** Shorter ones are usual: logs come in pieces of five minutes. */
const MIN_GAP = 15 * MINUTE;
const MAX_GAPS = 20;

/**
 * Joins narrow buckets to few: the narrowest width that gives thirty at most.
 *
 * @param buckets - counts by outcome, by the number of the narrow bucket
 */
export function mergeBuckets(
  buckets: ReadonlyMap<number, ArrayLike<number>>,
  width: number,
): Report['overTime'] {
  const numbers = [...buckets.keys()].sort((one, other) => one - other);
  if (numbers.length === 0) {
    return { width, buckets: [] };
  }
  const first = numbers[0] * width;
  const last = numbers[numbers.length - 1] * width;
  const wide =
    WIDTHS.find(
      each => Math.floor(last / each) - Math.floor(first / each) < MAX_BUCKETS,
    ) ?? WIDTHS[WIDTHS.length - 1];
  const merged = new Map<number, TimeBucket>();
  const start = Math.floor(first / wide) * wide;
  for (
    let time = start;
    time <= last && merged.size < MAX_BUCKETS;
    time += wide
  ) {
    merged.set(time, { start: time, outcomes: emptyOutcomeCounts() });
  }
  for (const number of numbers) {
    const time = Math.floor((number * width) / wide) * wide;
    let bucket = merged.get(time);
    if (!bucket) {
      bucket = { start: time, outcomes: emptyOutcomeCounts() };
      merged.set(time, bucket);
    }
    for (const [index, outcome] of outcomes.entries()) {
      bucket.outcomes[outcome] += buckets.get(number)![index];
    }
  }
  return { width: wide, buckets: [...merged.values()] };
}

/** The longest stretches between buckets without a record, in the order of time. */
export function gapsOf(
  numbers: Iterable<number>,
  width: number,
): Report['gaps'] {
  const sorted = [...numbers].sort((one, other) => one - other);
  const gaps: Report['gaps'] = [];
  for (const [index, number] of sorted.entries()) {
    const from = index === 0 ? number : sorted[index - 1] + 1;
    if ((number - from) * width >= MIN_GAP) {
      gaps.push({ from: from * width, to: number * width });
    }
  }
  return gaps
    .sort((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, MAX_GAPS)
    .sort((one, other) => one.from - other.from);
}
