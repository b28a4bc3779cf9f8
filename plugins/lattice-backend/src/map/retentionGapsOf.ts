import type { RecordGap } from '@lattice-portal/plugin-lattice-common';
import type { TimeRange } from '../database/TrafficStore';
import { keptSince } from '../util/keptSince';
import { windowOf } from './timeWindow';

/**
 * The part of a range that is past its retention.
 *
 * @param options - `keptDays`: how long what is asked for is kept. `now` in milliseconds since the epoch
 */
export function retentionGapsOf(options: {
  range: TimeRange;
  keptDays: number;
  now: number;
}): RecordGap[] {
  const { range, keptDays, now } = options;
  const to = Math.min(keptSince({ days: keptDays, now }), range.to);
  return to <= range.from
    ? []
    : [{ kind: 'thinned', ...windowOf({ from: range.from, to }) }];
}
