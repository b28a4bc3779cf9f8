import type { FileSnapshot } from '../files/FileSnapshot';
import { HOUR, hourOf } from '../files/layout';
import type { StoreGap } from '../types';

/**
 * Milliseconds after the end of an hour within which it is told as read if all goes well: a quarter of an
 * hour for delivery, and as much for reading. A log that takes longer is a gap of the kind `source`.
 */
const TOLD_AFTER = HOUR / 2;

type HourGap = 'not-read' | 'partly-read' | 'thinned';

/**
 * Hours of which not all is there.
 *
 * @param now - hours that begin later can't have been read
 */
export function gapsOf(options: {
  files: FileSnapshot;
  from: number;
  to: number;
  now: number;
}): StoreGap[] {
  const { files, from, to, now } = options;
  const found = new Set<number>();
  const thinned = new Set<number>();
  for (const { hour, kind } of files.files) {
    found.add(hour);
    if (kind === 'k') {
      thinned.add(hour);
    }
  }
  const gapAt = (hour: number): HourGap | undefined => {
    if (thinned.has(hour) || !found.has(hour)) {
      return thinned.has(hour) ? 'thinned' : 'not-read';
    }
    const isDue = hour + HOUR + TOLD_AFTER <= now;
    return isDue && !files.hoursRead.has(hour) ? 'partly-read' : undefined;
  };
  const gaps: { kind: HourGap; from: number; to: number }[] = [];
  for (let hour = hourOf(from); hour < Math.min(to, now); hour += HOUR) {
    const kind = gapAt(hour);
    if (kind === undefined) {
      continue;
    }
    const start = Math.max(hour, from);
    const end = Math.min(hour + HOUR, to);
    const last = gaps.at(-1);
    if (last?.kind === kind && last.to === start) {
      last.to = end;
    } else {
      gaps.push({ kind, from: start, to: end });
    }
  }
  return gaps.map(gap => ({
    kind: gap.kind,
    from: new Date(gap.from).toISOString(),
    to: new Date(gap.to).toISOString(),
  }));
}
