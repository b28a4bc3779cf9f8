/** Milliseconds that an outcome is counted by. */
export const FIVE_MINUTES = 5 * 60 * 1000;

/** Columns of the counts of an hour's five minutes, in their order. */
export const outcomeColumns = Array.from(
  { length: 12 },
  (_, index) => `count_${index}` as const,
);
