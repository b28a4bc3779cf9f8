/** Milliseconds that an outcome is counted by. */
export const FIVE_MINUTES = 5 * 60 * 1000;

/** How many calls there were in each five minutes of an hour. */
export type OutcomeCounts = number[];

/** The counts of no calls so far. */
export function noOutcomes(): OutcomeCounts {
  return new Array<number>(12).fill(0);
}

/** Adds calls to others of the same hour. */
export function addCounts(into: OutcomeCounts, counts: OutcomeCounts): void {
  for (let index = 0; index < counts.length; index++) {
    into[index] += counts[index];
  }
}
