import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'fs';
import { dirname } from 'path';
import type { Estate } from './Estate';

/**
 * Keeps an estate on disk: one JSON line per change, `[collection, key, value]`, appended before the
 * change is answered.
 *
 * @remarks
 * Opening replays the file into the estate and writes it anew with one line per resource. A last line
 * that a crash cut off is dropped: its change was never answered.
 *
 * @public
 */
export class Journal {
  /** @throws Error when a line other than the last can't be read. */
  static open(options: { estate: Estate; file: string }): Journal {
    const { estate, file } = options;
    mkdirSync(dirname(file), { recursive: true });
    const lines = readLines(file);
    const state = new Map<string, Map<string, unknown>>();
    for (const [collection, key, value] of lines) {
      const items = state.get(collection) ?? new Map<string, unknown>();
      state.set(collection, items);
      if (value === undefined) {
        items.delete(key);
      } else {
        items.set(key, value);
      }
    }
    const compacted: string[] = [];
    for (const [collection, items] of state) {
      for (const [key, value] of items) {
        estate.collection(collection).restore(key, value);
        compacted.push(`${JSON.stringify([collection, key, value])}\n`);
      }
    }
    const temporary = `${file}.new`;
    const output = openSync(temporary, 'w');
    for (let start = 0; start < compacted.length; start += 1000) {
      appendFileSync(output, compacted.slice(start, start + 1000).join(''));
    }
    fsyncSync(output);
    closeSync(output);
    renameSync(temporary, file);
    return new Journal(estate, openSync(file, 'a'));
  }

  readonly #stopListening: () => void;

  private constructor(estate: Estate, private readonly descriptor: number) {
    this.#stopListening = estate.onChange((collection, key, value) => {
      // Synchronous, so that a change is on its way to disk before anyone hears of it.
      appendFileSync(
        this.descriptor,
        `${JSON.stringify([collection, key, value])}\n`,
      );
    });
  }

  close(): void {
    this.#stopListening();
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }
}

type Line = [collection: string, key: string, value?: unknown];

function readLines(file: string): Line[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  // What follows the last newline was cut off, or is empty.
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      const [collection, key, value] = JSON.parse(line);
      // JSON has no undefined: a deletion is written as null.
      return [collection, key, value ?? undefined];
    } catch {
      throw new Error(
        `The journal ${file} is damaged at line ${
          index + 1
        }. Repair the line, or remove the file to start from the estate's beginning.`,
      );
    }
  });
}
