import { z } from 'zod';

/** Where the reading of a bucket stands. Times in milliseconds since the epoch. */
export interface ObjectCursor {
  /** What was delivered before is not read. */
  start: number;
  /** All objects delivered before have been read, but for late ones. */
  from: number;
  /** When the window for late objects was listed last. */
  lateListedAt: number;
}

const time = z.number().int();

const schema = z.object({ start: time, from: time, lateListedAt: time });

/**
 * Reads a stored cursor.
 *
 * @returns undefined if it is none of ours: then listing starts afresh, and what was read is known
 */
export function parseObjectCursor(text: string): ObjectCursor | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
