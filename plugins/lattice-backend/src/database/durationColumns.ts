import { durationBounds } from '../ingest/durationHistogram';

/** Columns of the counts of a duration histogram. */
export const durationColumns = Array.from(
  { length: durationBounds.length + 1 },
  (_, index) => `duration_${index}` as const,
);
