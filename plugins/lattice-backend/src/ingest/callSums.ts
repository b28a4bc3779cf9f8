import { durationBounds } from './durationHistogram';

/**
 * What the calls of an edge in an hour or a day add up to: how many there were, when the first and the last
 * of them began, in milliseconds from the start of the hour or the day, and how many took how long, by
 * `durationBounds`.
 */
export type CallSums = number[];

/** Places in {@link CallSums}. */
export const COUNT = 0;
export const FIRST_SEEN = 1;
export const LAST_SEEN = 2;
/** The first of the counts by duration. */
export const DURATIONS = 3;
/** How many numbers there are. */
export const SUMS = DURATIONS + durationBounds.length + 1;

/** The sums of calls that are told from an earlier start on, by so many milliseconds. */
export function laterBy(sums: CallSums, offset: number): CallSums {
  const later = sums.slice();
  later[FIRST_SEEN] += offset;
  later[LAST_SEEN] += offset;
  return later;
}

/** Adds calls to others of the same hour or day. */
export function addCalls(into: CallSums, calls: CallSums): void {
  into[COUNT] += calls[COUNT];
  into[FIRST_SEEN] = Math.min(into[FIRST_SEEN], calls[FIRST_SEEN]);
  into[LAST_SEEN] = Math.max(into[LAST_SEEN], calls[LAST_SEEN]);
  for (let at = DURATIONS; at < SUMS; at++) {
    into[at] += calls[at];
  }
}
