import type { StoreGap } from '@lattice-portal/access-log-store';

/** Gaps of answers for one part of a window after the other, as one answer would have them. */
export function joinGaps(gaps: readonly StoreGap[]): StoreGap[] {
  const joined: StoreGap[] = [];
  for (const gap of gaps) {
    const last = joined.findLast(other => isAlike(other, gap));
    if (last && gap.from === last.to && last.to !== undefined) {
      last.to = gap.to as string;
    } else if (!joined.some(other => isSame(other, gap))) {
      joined.push({ ...gap });
    }
  }
  return joined;
}

function isAlike(one: StoreGap, other: StoreGap): boolean {
  return (
    one.kind === other.kind &&
    (one.kind !== 'source' ||
      (other.kind === 'source' &&
        one.source === other.source &&
        one.reason === other.reason))
  );
}

function isSame(one: StoreGap, other: StoreGap): boolean {
  return isAlike(one, other) && one.from === other.from && one.to === other.to;
}
