import { type CallSums, FIRST_SEEN, LAST_SEEN, SUMS } from '../ingest/callSums';

/**
 * The sums of no calls so far.
 *
 * @param offset - when the first will have begun
 */
export function noCalls(offset: number): CallSums {
  const sums = new Array<number>(SUMS).fill(0);
  sums[FIRST_SEEN] = offset;
  sums[LAST_SEEN] = offset;
  return sums;
}
