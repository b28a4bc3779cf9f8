import type { TimeWindow } from '@lattice-portal/plugin-lattice-common';
import type { TimeRange } from '../database/TrafficStore';

const HOUR = 60 * 60 * 1000;

/**
 * The range asked for; by default the hour until now.
 */
export function rangeOf(options: {
  /** Milliseconds since the epoch. */
  from?: number;
  to?: number;
  now: number;
}): TimeRange {
  const to = options.to ?? options.now;
  return { from: options.from ?? to - HOUR, to };
}

/**
 * The range widened to the steps its data is kept in. The last step is shown as ending now, at most.
 *
 * @param options - `step` in milliseconds
 */
export function widen(options: {
  range: TimeRange;
  step: number;
  now: number;
}): TimeRange {
  const { range, step, now } = options;
  const end = Math.ceil(range.to / step) * step;
  return {
    from: Math.floor(range.from / step) * step,
    to: range.to <= now ? Math.min(end, Math.max(now, range.to)) : end,
  };
}

export function windowOf(range: TimeRange): TimeWindow {
  return {
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
  };
}
