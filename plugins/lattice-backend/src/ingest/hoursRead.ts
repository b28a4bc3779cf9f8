const HOUR = 60 * 60 * 1000;
/** Milliseconds. Lines are delivered minutes after their calls: S3 takes about six. */
export const LATE = 15 * 60 * 1000;

/** How far a source has been read, in milliseconds since the epoch. Absent: not at all. */
export interface ReadSpan {
  readFrom?: number;
  readUntil?: number;
}

/**
 * The hours that have been read from every source, delays of delivery included: from the first on, without
 * the last.
 *
 * @returns `undefined` if there is none
 */
export function hoursReadOf(
  sources: readonly ReadSpan[],
): { from: number; until: number } | undefined {
  if (sources.length === 0) {
    return undefined;
  }
  const from = Math.max(
    ...sources.map(({ readFrom }) => readFrom ?? Number.POSITIVE_INFINITY),
  );
  const until = Math.min(
    ...sources.map(({ readUntil }) => readUntil ?? Number.NEGATIVE_INFINITY),
  );
  const first = Math.ceil(from / HOUR) * HOUR;
  const end = Math.floor((until - LATE) / HOUR) * HOUR;
  return first < end ? { from: first, until: end } : undefined;
}

/** The start of the hour after an instant. */
export function hourAfter(time: number): number {
  return (Math.floor(time / HOUR) + 1) * HOUR;
}
