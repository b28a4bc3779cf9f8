import type { LogSourceSweep } from '@lattice-portal/plugin-lattice-common';
import { formatCount, formatRelative } from '../format';

const day = 24 * 60 * 60 * 1000;

/** What the search for files that came days late does, or found. Undefined: nothing to speak of. */
export function describeSweep(
  sweep: LogSourceSweep | undefined,
  now: number,
): string | undefined {
  if (!sweep) {
    return undefined;
  }
  const { endedAt, found } = sweep;
  if (endedAt) {
    return found > 0
      ? `${formatCount(
          found,
          'file',
        )} that came days late, read ${formatRelative(endedAt, now)}`
      : undefined;
  }
  const from = Date.parse(sweep.from);
  const days = (time: string) => Math.ceil((Date.parse(time) - from) / day);
  return `searching for files that came late: ${days(
    sweep.reached,
  )} of ${formatCount(days(sweep.until), 'day')}${
    found > 0 ? `, ${found} found` : ''
  }`;
}
