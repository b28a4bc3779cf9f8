import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** The last row of a page. */
export interface PageCursor {
  /** Milliseconds since the epoch. */
  time: number;
  key: string;
}

const cursorSchema = z.tuple([z.int(), z.string().regex(/^[0-9a-f]{1,64}$/)]);

/** A cursor as a text that readers need not understand. */
export function writeCursor({ time, key }: PageCursor): string {
  return Buffer.from(JSON.stringify([time, key])).toString('base64url');
}

/** @throws InputError for a text that is no cursor */
export function readCursor(text: string): PageCursor {
  try {
    const [time, key] = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    );
    return { time, key };
  } catch {
    throw new InputError(
      'after is not what a page gave as next; begin with the first page',
    );
  }
}
