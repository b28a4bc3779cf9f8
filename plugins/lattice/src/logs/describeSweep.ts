import type { LogSourceSweep } from '@lattice-portal/plugin-lattice-common';
import { formatCount, formatRelative } from '../format';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** What the search for what came late does, or found. Undefined: nothing to speak of. */
export function describeSweep(
  sweep: LogSourceSweep | undefined,
  now: number,
): string | undefined {
  if (!sweep) {
    return undefined;
  }
  const { endedAt, found } = sweep;
  const noun = sweep.of === 'objects' ? 'file' : 'line';
  if (endedAt) {
    return found > 0
      ? `${formatCount(found, `late ${noun}`)} read ${formatRelative(
          endedAt,
          now,
        )}`
      : undefined;
  }
  const from = Date.parse(sweep.from);
  const unit = Date.parse(sweep.until) - from > day ? 'day' : 'hour';
  const units = (time: string) =>
    Math.ceil((Date.parse(time) - from) / (unit === 'day' ? day : hour));
  return `looking for late ${noun}s: ${units(sweep.reached)} of ${formatCount(
    units(sweep.until),
    unit,
  )}${found > 0 ? `, ${found} found` : ''}`;
}
