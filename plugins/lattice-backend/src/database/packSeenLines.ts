/** So much of a key's hash tells calls apart: nobody can make two keys that agree in 128 bits. */
const KEY_BYTES = 16;
/** So much of a line id's hash tells the lines of one call in one source apart. */
const LINE_BYTES = 6;
const ENTRY_BYTES = KEY_BYTES + LINE_BYTES;

/** A line that was taken in, as far as it is remembered. */
export interface PackedLine {
  /** The start of the key's hash, a character a byte. */
  key: string;
  /** The start of the line id's hash in hexadecimal digits. */
  lineId: string;
}

/** What is remembered of a key: see {@link PackedLine.key}. */
export function packedKey(key: string): string {
  return Buffer.from(key.slice(0, 2 * KEY_BYTES), 'hex').toString('latin1');
}

/** Lines one behind the other, 22 bytes each. */
export function packSeenLines(lines: readonly PackedLine[]): Buffer {
  const bytes = Buffer.alloc(lines.length * ENTRY_BYTES);
  lines.forEach(({ key, lineId }, index) => {
    const at = index * ENTRY_BYTES;
    bytes.write(key, at, KEY_BYTES, 'latin1');
    bytes.write(lineId, at + KEY_BYTES, LINE_BYTES, 'hex');
  });
  return bytes;
}

/** What {@link packSeenLines} packed. */
export function* unpackSeenLines(bytes: Buffer): Generator<PackedLine> {
  for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
    const middle = at + KEY_BYTES;
    yield {
      key: bytes.toString('latin1', at, middle),
      lineId: bytes.toString('hex', middle, middle + LINE_BYTES),
    };
  }
}
