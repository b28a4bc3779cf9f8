import { z } from 'zod';

/** Where the search for late objects stands. Times in milliseconds since the epoch. */
export interface ObjectSweep {
  startedAt: number;
  /** What was to have been delivered from here on is searched, */
  from: number;
  /** up to here, */
  until: number;
  /** and has been up to here. */
  next: number;
  /** Late objects that were found and read. */
  found: number;
}

/** Where the reading of a bucket stands. Times in milliseconds since the epoch. */
export interface ObjectCursor {
  /** What was delivered before is not read. */
  start: number;
  /** All objects delivered before have been read, but for late ones. */
  from: number;
  /** When the window for late objects was listed last. */
  lateListedAt: number;
  /** All objects delivered since that have been read are remembered. */
  keptFrom: number;
  /** When late objects were searched last, or reading began. */
  sweptAt: number;
  /** Absent: late objects are not being searched. */
  sweep?: ObjectSweep;
}

const time = z.number().int();

const schema = z.object({
  start: time,
  from: time,
  lateListedAt: time,
  keptFrom: time.optional(),
  sweptAt: time.optional(),
  sweep: z
    .object({
      startedAt: time,
      from: time,
      until: time,
      next: time,
      found: z.number().int(),
    })
    .optional(),
});

/**
 * Reads a stored cursor.
 *
 * @param options - `keptFor`: so long, in milliseconds, objects have been remembered at least
 * @returns undefined if it is none of ours: then listing starts afresh, and what was read is known
 */
export function parseObjectCursor(
  text: string,
  options: { keptFor: number },
): ObjectCursor | undefined {
  try {
    const stored = schema.parse(JSON.parse(text));
    const { start, from } = stored;
    return {
      // Of a cursor from before there was a search.
      keptFrom: Math.max(start, from - options.keptFor),
      sweptAt: from,
      ...stored,
    };
  } catch {
    return undefined;
  }
}
