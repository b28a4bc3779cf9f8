import type { Row } from './Column';

/**
 * A row as JSON. Half a character can't be written; it becomes U+FFFD, as everywhere where text is made bytes.
 */
export function jsonOfRow(row: Row): string {
  const text = JSON.stringify(row);
  return /\\ud[89a-f]/.test(text)
    ? JSON.stringify(row, (_, value) =>
        typeof value === 'string' ? Buffer.from(value).toString() : value,
      )
    : text;
}
