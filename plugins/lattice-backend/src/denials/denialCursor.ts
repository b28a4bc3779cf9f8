import { InputError } from '@backstage/errors';
import { z } from 'zod';

const cursorSchema = z.tuple([
  z.number().int(),
  z.string().refine(id => !id.includes('\0')),
]);

/**
 * A place in a list by time, newest first, such as that of denied requests. It stays valid while newer ones arrive.
 */
export interface DenialPlace {
  /** Milliseconds since the epoch. */
  startTime: number;
  id: string;
}

export function toCursor(place: DenialPlace): string {
  return Buffer.from(JSON.stringify([place.startTime, place.id])).toString(
    'base64url',
  );
}

/**
 * @throws InputError when the text is no cursor of this API
 */
export function fromCursor(cursor: string): DenialPlace {
  try {
    const [startTime, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return { startTime, id };
  } catch {
    throw new InputError(`“${cursor}” is no cursor of this list`);
  }
}
