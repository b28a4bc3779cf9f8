import { KEY_WORDS, LINE_ID_WORDS } from '@lattice-portal/access-logs';

/** So much of a key's hash tells calls apart: nobody can make two keys that agree in 128 bits. */
const KEY_BYTES = KEY_WORDS * 4;
/** So much of a line id's hash tells the lines of one call in one source apart. */
const LINE_BYTES = 6;
const ENTRY_BYTES = KEY_BYTES + LINE_BYTES;
const LOG_BYTES = 4;
const FIRST_LINES = 64;

/** Packs lines one behind the other, 22 bytes each, and 4 more where a source has several logs. */
export class SeenLinePacker {
  #bytes = Buffer.alloc(FIRST_LINES * ENTRY_BYTES);
  /** Of {@link SeenLinePacker.#bytes}: writes words in a fraction of the time. */
  #view = viewOf(this.#bytes);
  #length = 0;
  /** From the first line on that has one. */
  #logs?: number[];

  /**
   * @param at - of the line in the columns
   * @param log - tells the logs of a source apart. 0: it has one
   */
  add(keys: Uint32Array, lineIds: Uint32Array, at: number, log: number): void {
    if (log !== 0) {
      this.#logs ??= new Array(this.#length / ENTRY_BYTES).fill(0);
    }
    this.#logs?.push(log);
    if (this.#length === this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#length)]);
      this.#view = viewOf(this.#bytes);
    }
    const view = this.#view;
    const key = at * KEY_WORDS;
    let end = this.#length;
    for (let word = 0; word < KEY_WORDS; word++) {
      view.setUint32(end, keys[key + word], true);
      end += 4;
    }
    view.setUint16(end, lineIds[at * LINE_ID_WORDS]);
    view.setUint32(end + 2, lineIds[at * LINE_ID_WORDS + 1]);
    this.#length = end + LINE_BYTES;
  }

  get packed(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Undefined: there is one log. */
  get packedLogs(): Buffer | undefined {
    const logs = this.#logs;
    if (!logs) {
      return undefined;
    }
    const bytes = Buffer.alloc(logs.length * LOG_BYTES);
    logs.forEach((log, at) => bytes.writeUInt32LE(log, at * LOG_BYTES));
    return bytes;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** What {@link SeenLinePacker} packed, as columns. */
export function unpackSeenLines(
  bytes: Buffer,
  logBytes?: Buffer | null,
): {
  size: number;
  keys: Uint32Array;
  lineIds: Uint32Array;
  logs: Uint32Array;
} {
  const size = Math.floor(bytes.length / ENTRY_BYTES);
  const keys = new Uint32Array(size * KEY_WORDS);
  const lineIds = new Uint32Array(size * LINE_ID_WORDS);
  const logs = new Uint32Array(size);
  for (let at = 0; at < size; at++) {
    logs[at] = logBytes?.readUInt32LE(at * LOG_BYTES) ?? 0;
    const start = at * ENTRY_BYTES;
    for (let word = 0; word < KEY_WORDS; word++) {
      keys[at * KEY_WORDS + word] = bytes.readUInt32LE(start + word * 4);
    }
    lineIds[at * LINE_ID_WORDS] = bytes.readUInt16BE(start + KEY_BYTES);
    lineIds[at * LINE_ID_WORDS + 1] = bytes.readUInt32BE(start + KEY_BYTES + 2);
  }
  return { size, keys, lineIds, logs };
}
