/** Where a line stands in memory. The byte behind it is a newline, also behind the last line of a file. */
export interface LineBytes {
  bytes: Buffer;
  start: number;
  /** Of the newline. */
  stop: number;
}

/** A line's text. */
export function textOf({ bytes, start, stop }: LineBytes): string {
  return bytes.toString('utf8', start, stop);
}
