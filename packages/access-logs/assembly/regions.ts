// Where things stand in memory.

/**
 * Of a text that lines are found in. As in `LineScanner.ts`. It stays near the processor: with a megabyte,
 * finding takes a fifth longer.
 */
const TEXT_BYTES: i32 = 128 * 1024;
/** Of a line. Beside a text there is room for one. */
export const LINE_BYTES: i32 = 64 * 1024;
const LAYOUT_BYTES: i32 = 16 * 1024;
/** A field takes so many bytes of a layout at least. */
const LEAST_FIELD_BYTES: i32 = 16;
const PLACES: i32 = 64;
const MOST_ROWS: i32 = 2048;

/** Up to sixteen bytes more are read. */
export const text = memory.data(TEXT_BYTES + LINE_BYTES + 32, 16);
export const layout = memory.data(LAYOUT_BYTES + 16, 16);

/** What was found of lines: see `line.ts`. */
export const rows = memory.data(MOST_ROWS * (2 + 2 * PLACES) * 4 + 16, 16);

/** Twice, by turns: where the fields of a line end, from its start. In front of the first stands 0. */
export const ENDS_BYTES: usize = (LAYOUT_BYTES / LEAST_FIELD_BYTES) * 4 + 4;
export const ends = memory.data(
  2 * ((LAYOUT_BYTES / LEAST_FIELD_BYTES) * 4 + 4),
  4,
);

/** What tells a call from others. A value of an earlier line may be as long as this one. */
export const identity = memory.data(3 * LINE_BYTES + 16, 16);
