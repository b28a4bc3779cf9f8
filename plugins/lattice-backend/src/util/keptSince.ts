const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * What is kept for some days is kept from here on: an hour longer, as what is asked of so many days is widened to
 * whole hours.
 *
 * @param options - `now` in milliseconds since the epoch
 * @returns milliseconds since the epoch
 */
export function keptSince(options: { days: number; now: number }): number {
  return options.now - options.days * DAY - HOUR;
}
