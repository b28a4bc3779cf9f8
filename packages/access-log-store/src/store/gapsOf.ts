import type { FileSnapshot } from '../files/FileSnapshot';
import { HOUR, hourOf } from '../files/layout';
import type { StoreGap } from '../types';

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
  const kinds = new Map<number, 'read' | 'thinned'>();
  for (const { hour, kind } of files.files) {
    if (kind === 'k') {
      kinds.set(hour, 'thinned');
    } else if (!kinds.has(hour)) {
      kinds.set(hour, 'read');
    }
  }
  const gaps: { kind: 'not-read' | 'thinned'; from: number; to: number }[] = [];
  for (let hour = hourOf(from); hour < Math.min(to, now); hour += HOUR) {
    const kind = kinds.get(hour) ?? 'not-read';
    if (kind === 'read') {
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
