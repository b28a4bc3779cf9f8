import type { RecordGap } from '@lattice-portal/plugin-lattice-common';
import { formatExact, formatLines, shortArn } from '../format';

/** A gap in words. */
export function describeGap(gap: RecordGap): string {
  const span = [
    gap.from && `from ${formatExact(gap.from)}`,
    gap.to && `to ${formatExact(gap.to)}`,
  ]
    .filter(Boolean)
    .join(' ');
  switch (gap.kind) {
    case 'not-read':
      return `${span}: nothing is on record`;
    case 'partly-read':
      return `${span}: not every log was read, or not to the end`;
    case 'thinned':
      return `${span}: past its retention, only what had to be kept is there`;
    case 'network-unknown':
      return `${
        gap.calls === 0
          ? 'an unknown number of calls'
          : formatLines(
              { count: gap.calls, isAtLeast: gap.isAtLeast ?? false },
              'call',
            )
      } left out: their service network is not on record`;
    default:
      return `${shortArn(gap.source)}${span && `, ${span}`}: ${gap.reason}`;
  }
}
