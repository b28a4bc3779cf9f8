import { type LineBytes, textOf } from '../parse/LineBytes';
import { ObjectCutter } from './ObjectCutter';

/** The longest line that is read. Longer ones are kept aside. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024;

/** A line that is longer is cut into its JSON objects. */
const LONG_LINE_BYTES = 64 * 1024;
/** What is kept of a line that is too long. */
const EXCERPT_BYTES = 4096;

const NEWLINE = 10;
const SPACE = 32;

const NEWLINE_BYTES = Buffer.from([NEWLINE]);

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
 * newline: on a line of more than 64 kB each object is handed on by itself, so that a file of one line
 * takes no more memory than another. What is broken between them is, too.
 */
export class LineSplitter {
  readonly #onLine: (line: Line) => void;
  readonly #takeLines?: TakeLines;
  readonly #maxBytes: number;
  /** A line that is longer is cut into its objects. */
  readonly #mostWholeBytes: number;
  #pending: Buffer[] = [];
  /** Of the last line, also those that were handed on. */
  #pendingBytes = 0;
  #number = 1;
  /** Bytes before the chunk that is being cut. */
  #written = 0;
  #isSkipping = false;
  /** Has the pending bytes of a long line. */
  #cutter?: ObjectCutter;

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
    this.#mostWholeBytes = Math.min(LONG_LINE_BYTES, this.#maxBytes);
    this.#number = options.firstNumber ?? 1;
  }

  /** Number of the line that comes next. */
  get number(): number {
    return this.#number;
  }

  /** Bytes of the last line, which has not ended yet, that were not handed on. */
  get pendingBytes(): number {
    return this.#cutter ? this.#cutter.pendingBytes : this.#pendingBytes;
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
        { part: this.#written + end, line: this.#written + end + 1 },
      );
      start = this.#takeFrom(chunk, end + 1);
    }
    this.#written += chunk.length;
  }

  /** Hands on what is left when there is no more to come. */
  end(): void {
    const ends = { part: this.#written, line: this.#written };
    this.#endLine({ bytes: NEWLINE_BYTES, start: 0, stop: 0 }, ends);
  }

  /**
   * Hands on what is whole of the last line, as it would be if the line went on: JSON objects, and what is
   * broken before them. The rest is pending.
   */
  takeWhole(): void {
    if (this.#pending.length > 0 && startsAsRecord(this.#pending[0])) {
      this.#beginCutting(this.#written);
    }
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

  /** @param ends - of the rest, and of the line with its newline, in bytes of the text */
  #endLine(rest: LineBytes, ends: { part: number; line: number }): void {
    const { bytes, start, stop } = rest;
    if (this.#isSkipping) {
      this.#isSkipping = false;
    } else if (this.#pendingBytes + stop - start > this.#mostWholeBytes) {
      this.#hold(bytes.subarray(start, stop), ends.part);
      this.#cutter?.end();
      this.#giveUpIfTooLong(ends.line);
      this.#isSkipping = false;
    } else if (this.#pendingBytes === 0) {
      this.#emit(rest, ends.line);
    } else {
      this.#emit(
        lineOf([...this.#pending, bytes.subarray(start, stop)]),
        ends.line,
      );
    }
    this.#forget();
    this.#number++;
  }

  /** @param end - of the part, in bytes of the text */
  #hold(part: Buffer, end: number): void {
    if (this.#isSkipping) {
      return;
    }
    this.#pendingBytes += part.length;
    if (this.#cutter) {
      this.#cutter.write(part);
    } else {
      // A copy: the chunk's memory may be used again.
      this.#pending.push(Buffer.from(part));
      if (this.#pendingBytes > this.#mostWholeBytes) {
        this.#beginCutting(end);
      }
    }
    this.#giveUpIfTooLong(end);
  }

  /** @param end - of the pending bytes, in bytes of the text */
  #beginCutting(end: number): void {
    const lineStart = end - this.#pendingBytes;
    this.#cutter = new ObjectCutter({
      maxBytes: this.#maxBytes,
      takePiece: (bytes, place) =>
        this.#emit(
          lineOf([bytes.subarray(place.start, place.stop)]),
          lineStart + place.end,
        ),
    });
    for (const part of this.#pending) {
      this.#cutter.write(part);
    }
    this.#pending = [];
  }

  #giveUpIfTooLong(end: number): void {
    if (this.#cutter && this.#cutter.pendingBytes > this.#maxBytes) {
      const excerpt = this.#cutter.pending.subarray(0, EXCERPT_BYTES);
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

  #forget(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#cutter = undefined;
  }

  #emit({ bytes, start, stop }: LineBytes, end: number): void {
    // Blank lines say nothing.
    if (bytes[start] > SPACE || textOf({ bytes, start, stop }).trim() !== '') {
      this.#onLine({ bytes, start, stop, number: this.#number, end });
    }
  }
}

/** Whether it starts as records do, or as the times that CloudWatch Logs puts before them. */
function startsAsRecord(bytes: Buffer): boolean {
  return /^\s*[\d{]/.test(bytes.toString('latin1', 0, 64));
}

function lineOf(parts: Buffer[]): LineBytes {
  const bytes = Buffer.concat([...parts, NEWLINE_BYTES]);
  return { bytes, start: 0, stop: bytes.length - 1 };
}
