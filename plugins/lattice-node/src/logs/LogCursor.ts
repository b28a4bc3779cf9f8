import { z } from 'zod';

/** Where the reading of a stretch of time stands. Times in milliseconds since the epoch. */
export interface LogPosition {
  /** All lines of the stretch with an earlier time have been read. */
  from: number;
  /** A slice that is being read: up to where, and the page to go on with. */
  slice?: { end: number; nextToken: string };
}

/** Where the search for late lines stands. Times in milliseconds since the epoch. */
export interface LineSweep {
  /** Which of the windows is searched: its place in the list of them. */
  window: number;
  startedAt: number;
  /** Lines with a time from here on are searched, */
  from: number;
  /** up to here. */
  until: number;
  /** Late lines that were found. */
  found: number;
  position: LogPosition;
}

/**
 * Where the reading of a log group stands: of all lines, but for late ones, its position. Times in
 * milliseconds since the epoch.
 */
export interface LogCursor extends LogPosition {
  /** Lines with an earlier time are not read. */
  start: number;
  /** When the latest lines were read again last. Absent: not yet. */
  lateReadAt?: number;
  /** By window: when a search for late lines that has ended began last, or else reading. */
  sweptAt: number[];
  /** Absent: late lines are not being searched. */
  sweep?: LineSweep;
}

const time = z.number().int().nonnegative();

const positionSchema = z.object({
  from: time,
  slice: z.object({ end: time, nextToken: z.string() }).optional(),
});

const schema = positionSchema.extend({
  // Where it is not known, nothing speaks against a line that comes now.
  start: time.default(0),
  lateReadAt: time.optional(),
  sweptAt: z.array(time).default([]),
  sweep: z
    .object({
      window: z.number().int().nonnegative(),
      startedAt: time,
      from: time,
      until: time,
      found: z.number().int(),
      position: positionSchema,
    })
    .optional(),
});

/**
 * Reads a stored cursor.
 *
 * @param options - `windows`: how many windows are searched for late lines
 * @returns undefined if it is none of ours: then reading starts afresh, which loses nothing
 */
export function parseLogCursor(
  text: string,
  options: { windows: number },
): LogCursor | undefined {
  try {
    const stored = schema.parse(JSON.parse(text));
    const { sweep } = stored;
    return {
      ...stored,
      sweptAt: Array.from(
        { length: options.windows },
        (_, window) => stored.sweptAt[window] ?? stored.from,
      ),
      // Of a window that is not searched any more.
      sweep: sweep && sweep.window < options.windows ? sweep : undefined,
    };
  } catch {
    return undefined;
  }
}
