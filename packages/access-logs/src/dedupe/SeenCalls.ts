import {
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallTable, type Novelty } from './CallTable';

const HOUR = 60 * 60 * 1000;
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/**
 * Remembers which calls were seen in which logs, exactly, in bounded memory.
 *
 * @remarks
 * Two records of one call have the same time, so there is a table for each hour. When the tables take
 * more memory than they may, those used longest ago go to files in a temporary folder, and come back
 * when a line of their hour turns up. The hour in use stays in memory, whatever its size.
 */
export class SeenCalls {
  readonly #maxBytes: number;
  /** In the order of use, the one in use last. */
  readonly #tables = new Map<number, CallTable>();
  /** Number of entries by the hour. */
  readonly #spilled = new Map<number, number>();
  #bytes = 0;
  #current?: { hour: number; table: CallTable };
  #folder?: string;

  constructor(options: { maxBytes?: number } = {}) {
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  }

  /** Hours that were moved to files so far. */
  get spills(): number {
    return this.#spilled.size;
  }

  /** @param time - of the call, in milliseconds since the epoch */
  add(options: {
    time: number;
    keys: Uint32Array;
    at: number;
    tag: number;
  }): Novelty {
    const { time, keys, at, tag } = options;
    const table = this.#tableOf(Math.floor(time / HOUR));
    const before = table.bytes;
    const novelty = table.add(keys, at, tag);
    if (table.bytes !== before) {
      this.#bytes += table.bytes - before;
      this.#makeRoom();
    }
    return novelty;
  }

  /** Removes the files. */
  close(): void {
    if (this.#folder) {
      rmSync(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }

  #tableOf(hour: number): CallTable {
    if (this.#current?.hour === hour) {
      return this.#current.table;
    }
    const table =
      this.#tables.get(hour) ?? this.#load(hour) ?? CallTable.create();
    if (!this.#tables.delete(hour)) {
      this.#bytes += table.bytes;
    }
    this.#tables.set(hour, table);
    this.#current = { hour, table };
    this.#makeRoom();
    return table;
  }

  #makeRoom(): void {
    for (const [hour, table] of this.#tables) {
      if (this.#bytes <= this.#maxBytes || hour === this.#current?.hour) {
        return;
      }
      this.#folder ??= mkdtempSync(join(tmpdir(), 'lattice-logs-'));
      const { buffer, byteOffset, byteLength } = table.words;
      writeFileSync(
        this.#fileOf(hour),
        new Uint8Array(buffer, byteOffset, byteLength),
        { mode: 0o600 },
      );
      this.#spilled.set(hour, table.size);
      this.#tables.delete(hour);
      this.#bytes -= table.bytes;
    }
  }

  #load(hour: number): CallTable | undefined {
    const size = this.#spilled.get(hour);
    if (size === undefined) {
      return undefined;
    }
    const bytes = readFileSync(this.#fileOf(hour));
    unlinkSync(this.#fileOf(hour));
    this.#spilled.delete(hour);
    const words = new Uint32Array(bytes.byteLength / 4);
    new Uint8Array(words.buffer).set(bytes);
    return CallTable.fromWords(words, size);
  }

  #fileOf(hour: number): string {
    return join(this.#folder!, `hour-${hour}`);
  }
}
