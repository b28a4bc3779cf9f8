import { z } from 'zod';

/** Where the reading of a log group stands. Times in milliseconds since the epoch. */
export interface LogCursor {
  /** All lines with an earlier time have been read, but for late ones. */
  from: number;
  /** When the window for late lines was read last. Absent: not yet. */
  lateReadAt?: number;
  /** A slice that is being read: up to where, and the page to go on with. */
  slice?: { end: number; nextToken: string };
}

const time = z.number().int().nonnegative();

const schema = z.object({
  from: time,
  lateReadAt: time.optional(),
  slice: z.object({ end: time, nextToken: z.string() }).optional(),
});

/**
 * Reads a stored cursor.
 *
 * @returns undefined if it is none of ours: then reading starts afresh, which loses nothing
 */
export function parseLogCursor(text: string): LogCursor | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
