import { type LineBytes, textOf } from '../parse/LineBytes';

/** The longest line that is read. Longer ones are kept aside. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024;

/** From here on a line is looked through for JSON objects that end within it. */
const LONG_LINE_BYTES = 64 * 1024;
/** What is kept of a line that is too long. */
const EXCERPT_BYTES = 4096;

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

const NEWLINE_BYTES = Buffer.from([NEWLINE]);

const OUTSIDE = { depth: 0, isInString: false, isEscaped: false };

/** A piece of a file that stands for itself. Its bytes may change once it was dealt with. */
export interface Line extends LineBytes {
  /** Of the line in the file, from 1. */
  number: number;
  /**
   * Bytes from the start of the text to the end of this piece, its newline included. Of a line that is
   * too long: to where it was given up.
   */
  end: number;
  /** Set when the line was longer than is read; the bytes are its start. */
  isTooLong?: boolean;
}

/**
 * Takes lines that end in one chunk, one behind the other, as long as it can.
 *
 * @param lines - the rest of a chunk. It may have lines that do not end
 * @param took - has to be told of each line, with where the next one starts in `lines`; it says how many bytes
 * that is from the start of the text
 * @returns where the first line starts that was not taken
 */
export type TakeLines = (
  lines: LineBytes,
  took: (next: number) => number,
) => number;

/**
 * Cuts bytes into lines, whatever pieces they come in.
 *
 * @remarks
 * Memory is bounded by the longest line. Firehose puts JSON objects one behind the other without a
 * newline: on a long line each object that ends is handed on by itself, so that a file of one line
 * takes no more memory than another.
 */
export class LineSplitter {
  readonly #onLine: (line: Line) => void;
  readonly #takeLines?: TakeLines;
  readonly #maxBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #number = 1;
  /** Bytes before the chunk that is being cut. */
  #written = 0;
  #isSkipping = false;
  /** Where in the JSON the bytes that were looked through end. */
  #nesting = { ...OUTSIDE };
  /** Whether the pending bytes were looked through for objects. */
  #isLookedThrough = false;

  /**
   * @param onLine - is given each line
   * @param options - `takeLines`: is offered lines before they are cut
   */
  constructor(
    onLine: (line: Line) => void,
    options: {
      maxBytes?: number;
      firstNumber?: number;
      takeLines?: TakeLines;
    } = {},
  ) {
    this.#onLine = onLine;
    this.#takeLines = options.takeLines;
    this.#maxBytes = options.maxBytes ?? MAX_LINE_BYTES;
    this.#number = options.firstNumber ?? 1;
  }

  /** Number of the line that comes next. */
  get number(): number {
    return this.#number;
  }

  /** Bytes of the last line, which has not ended yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  write(chunk: Buffer): void {
    let start = this.#takeFrom(chunk, 0);
    while (start < chunk.length) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end === -1) {
        this.#hold(chunk.subarray(start), this.#written + chunk.length);
        break;
      }
      this.#endLine(
        { bytes: chunk, start, stop: end },
        this.#written + end + 1,
      );
      start = this.#takeFrom(chunk, end + 1);
    }
    this.#written += chunk.length;
  }

  /** Hands on what is left when there is no more to come. */
  end(): void {
    this.#endLine({ bytes: NEWLINE_BYTES, start: 0, stop: 0 }, this.#written);
  }

  #takeFrom(bytes: Buffer, start: number): number {
    if (!this.#takeLines || this.#isSkipping || this.#pendingBytes > 0) {
      return start;
    }
    return this.#takeLines({ bytes, start, stop: bytes.length }, next => {
      this.#number++;
      return this.#written + next;
    });
  }

  #endLine(rest: LineBytes, end: number): void {
    if (this.#isSkipping) {
      this.#isSkipping = false;
    } else if (this.#pendingBytes === 0) {
      this.#emit(rest, end);
    } else {
      const { bytes, start, stop } = rest;
      this.#emitAll([...this.#pending, bytes.subarray(start, stop)], end);
    }
    if (this.#pending.length > 0) {
      this.#forget();
    }
    this.#number++;
  }

  /** @param end - of the part, in bytes of the text */
  #hold(part: Buffer, end: number): void {
    if (this.#isSkipping) {
      return;
    }
    // A copy: the chunk's memory may be used again.
    this.#pending.push(Buffer.from(part));
    this.#pendingBytes += part.length;
    if (this.#isLookedThrough || this.#pendingBytes > LONG_LINE_BYTES) {
      this.#takeObjects(end);
    }
    if (this.#pendingBytes > this.#maxBytes) {
      const excerpt = Buffer.concat(this.#pending).subarray(0, EXCERPT_BYTES);
      this.#onLine({
        ...lineOf([excerpt]),
        number: this.#number,
        end,
        isTooLong: true,
      });
      this.#forget();
      this.#isSkipping = true;
    }
  }

  #takeObjects(partEnd: number): void {
    if (!this.#isLookedThrough) {
      this.#isLookedThrough = true;
      this.#pending = [Buffer.concat(this.#pending)];
    }
    // Only the bytes that came last are new; what is before them has no end of an object.
    const part = this.#pending[this.#pending.length - 1];
    let start = 0;
    let { depth, isInString, isEscaped } = this.#nesting;
    for (let index = 0; index < part.length; index++) {
      const code = part[index];
      if (isInString) {
        if (isEscaped) {
          isEscaped = false;
        } else if (code === BACKSLASH) {
          isEscaped = true;
        } else if (code === QUOTE) {
          isInString = false;
        }
      } else if (code === QUOTE) {
        isInString = depth > 0;
      } else if (code === OPEN) {
        depth++;
      } else if (code === CLOSE && depth > 0) {
        depth--;
        if (depth === 0) {
          const last = part.subarray(start, index + 1);
          this.#emitAll(
            [...this.#pending.slice(0, -1), last],
            partEnd - part.length + index + 1,
          );
          this.#pending = [part];
          start = index + 1;
        }
      }
    }
    this.#nesting = { depth, isInString, isEscaped };
    if (start > 0) {
      this.#pending = [part.subarray(start)];
    }
    this.#pendingBytes = this.#pending.reduce(
      (sum, { length }) => sum + length,
      0,
    );
  }

  #forget(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#isLookedThrough = false;
    this.#nesting = { ...OUTSIDE };
  }

  #emitAll(parts: Buffer[], end: number): void {
    this.#emit(lineOf(parts), end);
  }

  #emit({ bytes, start, stop }: LineBytes, end: number): void {
    // Blank lines say nothing.
    if (bytes[start] > SPACE || textOf({ bytes, start, stop }).trim() !== '') {
      this.#onLine({ bytes, start, stop, number: this.#number, end });
    }
  }
}

function lineOf(parts: Buffer[]): LineBytes {
  const bytes = Buffer.concat([...parts, NEWLINE_BYTES]);
  return { bytes, start: 0, stop: bytes.length - 1 };
}
