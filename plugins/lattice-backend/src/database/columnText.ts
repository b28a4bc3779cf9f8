import { createHash } from 'node:crypto';

/** What a `string` column holds. */
const LENGTH = 255;
const HASH_LENGTH = 16;

/**
 * A text of a log line as a column takes it. Fields of a line are the callers' to choose: PostgreSQL
 * refuses the character 0 and what is too long, and one such line must not stop all that come after it.
 *
 * @returns the text itself, as good as always; else its start, with a hash so that two of them differ
 */
export function columnText(text: string): string {
  const clean = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
  if (clean.length <= LENGTH) {
    return clean;
  }
  const hash = createHash('sha256')
    .update(clean)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const start = Array.from(clean).slice(0, 200).join('');
  return `${start.slice(0, LENGTH - HASH_LENGTH - 1)}…${hash}`;
}
