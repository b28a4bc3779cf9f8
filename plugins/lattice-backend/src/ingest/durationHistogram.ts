/**
 * Upper bounds of the histogram's buckets in milliseconds, each exclusive. The last bucket has none.
 */
export const durationBounds = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000,
] as const;

/** One count per bucket of {@link durationBounds}, and one for all above. */
export type DurationHistogram = number[];

export function emptyHistogram(): DurationHistogram {
  return new Array(durationBounds.length + 1).fill(0);
}

/**
 * The bucket a duration falls into.
 */
export function bucketOf(milliseconds: number): number {
  let index = 0;
  // Asked for each call: `findIndex` takes several times as long.
  while (
    index < durationBounds.length &&
    milliseconds >= durationBounds[index]
  ) {
    index++;
  }
  return index;
}

/**
 * A percentile, estimated linearly within its bucket. Absent: the histogram is empty.
 *
 * @param fraction - such as 0.95
 * @returns milliseconds; the last bound for what lies above it
 */
export function percentileOf(
  histogram: DurationHistogram,
  fraction: number,
): number | undefined {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    return undefined;
  }
  const wanted = fraction * total;
  let below = 0;
  for (let index = 0; index < histogram.length; index++) {
    const count = histogram[index];
    if (count > 0 && below + count >= wanted) {
      const from = index === 0 ? 0 : durationBounds[index - 1];
      const to = durationBounds[index] ?? from;
      return (
        Math.round((from + ((to - from) * (wanted - below)) / count) * 10) / 10
      );
    }
    below += count;
  }
  return durationBounds[durationBounds.length - 1];
}
