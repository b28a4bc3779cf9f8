import type { LineBytes } from '../parse/LineBytes';
import type { LineLayout } from './LineLayout';
import { scannerModule } from './scannerModule';

/** As in `assembly/regions.ts`. */
const TEXT_BYTES = 128 * 1024;
const LINE_BYTES = 64 * 1024;
const MOST_PLACES = 64;
const MOST_ROWS = 2048;
const NEWLINE = 10;

/** Of a row, in front of its places: where the line starts and stops. */
export const ROW_HEAD_WORDS = 2;
/** What {@link LineScanner.rows} has of a field that the layout doesn't have. */
export const NOT_THERE = -1;

/** Identities are mostly shorter. */
const MOST_VIEWS = 1024;

/**
 * Finds the fields of lines by their bytes. One for all readers of a thread.
 *
 * @remarks
 * The values of most fields come again and again: the same few services, callers, times. So they are
 * numbered, and what is made of a value is made once for each, not once for each line. The bytes are
 * looked at sixteen at a time by WebAssembly, as JavaScript takes longer for that than for all the rest.
 */
export class LineScanner {
  static #shared?: LineScanner;

  /** @throws Error if the repository was installed without building it */
  static shared(): LineScanner {
    LineScanner.#shared ??= new LineScanner();
    return LineScanner.#shared;
  }

  /**
   * A row for each line that was found last: where it starts and stops, and two numbers at each place of its
   * layout: where the value starts and stops, with its quotes; or the value's number. All in bytes from the
   * start of {@link LineScanner.text}.
   */
  readonly rows: Int32Array;
  /** What was loaded: a text, and behind it a line. */
  readonly text: Buffer;
  readonly #module = scannerModule();
  readonly #memory: Buffer;
  readonly #identityAddress: number;
  /** By their length. */
  readonly #identities = new Array<Uint8Array | undefined>(MOST_VIEWS);
  #loaded?: { bytes: Buffer; start: number; stop: number };
  #layout?: LineLayout;
  #turn = 0;

  private constructor() {
    const { buffer } = this.#module.memory;
    this.#memory = Buffer.from(buffer);
    this.#identityAddress = this.#module.identityAddress();
    this.text = Buffer.from(
      buffer,
      this.#module.textAddress(),
      TEXT_BYTES + LINE_BYTES,
    );
    this.rows = new Int32Array(
      buffer,
      this.#module.rowsAddress(),
      MOST_ROWS * (ROW_HEAD_WORDS + 2 * MOST_PLACES),
    );
  }

  /** Another one: values have other numbers than before. */
  get turn(): number {
    return this.#turn;
  }

  /**
   * Loads lines, if they are not there yet.
   *
   * @param lines - bytes that stay as they are until a line of others is loaded; they end with a newline
   * @returns where the first of them starts in {@link LineScanner.text}, and where the last ends that there
   * was room for. The same: there was none for the first
   */
  loadLines({ bytes, start, stop }: LineBytes): { from: number; to: number } {
    let loaded = this.#loaded;
    if (
      loaded?.bytes !== bytes ||
      loaded.start > start ||
      loaded.stop <= start
    ) {
      const end = Math.min(stop, start + TEXT_BYTES);
      loaded = { bytes, start, stop: bytes.lastIndexOf(NEWLINE, end - 1) + 1 };
      bytes.copy(this.text, 0, start, loaded.stop);
      this.#loaded = loaded;
    }
    return {
      from: start - loaded.start,
      to: Math.max(start, loaded.stop) - loaded.start,
    };
  }

  /**
   * Loads a line of 64 kB at most, beside the lines that are there.
   *
   * @returns as {@link LineScanner.loadLines}
   */
  loadLine({ bytes, start, stop }: LineBytes): { from: number; to: number } {
    // With its newline.
    const length = bytes.copy(this.text, TEXT_BYTES, start, stop + 1);
    return { from: TEXT_BYTES, to: TEXT_BYTES + length };
  }

  /**
   * Finds lines that were loaded, one behind the other, as far as they are laid out like that and are JSON.
   *
   * @param lines - as they were loaded, and how many at most
   * @returns how many: their {@link LineScanner.rows} hold until the next time
   */
  findLines(
    layout: LineLayout,
    lines: { from: number; to: number; most: number },
  ): number {
    const { from, to } = lines;
    const most = Math.min(lines.most, MOST_ROWS);
    if (layout !== this.#layout) {
      this.#memory.set(layout.description, this.#module.layoutAddress());
      this.#layout = layout;
    }
    const found = this.#module.findLines(from, to, most);
    if (found === 0 && this.#module.isFull.value) {
      this.#module.forgetTokens();
      this.#turn++;
      return this.#module.findLines(from, to, most);
    }
    return found;
  }

  /**
   * What tells the call of a line that was found from others, in the bytes of `callIdentity`. It holds until
   * the next one.
   *
   * @param call - `row`: where it is in {@link LineScanner.rows}; where in a row the request's id, the connection
   * and the path have their places; the numbers of the service and the method, {@link NOT_THERE} if it has none
   * @returns undefined: some value is of a kind that others know more of
   */
  identityOf(call: {
    row: number;
    requestId: number;
    time: number;
    service: number;
    connection: number;
    method: number;
    path: number;
  }): Uint8Array | undefined {
    const { row, requestId, time, service, connection, method, path } = call;
    const length = this.#module.identityOf(
      row * 4,
      (requestId - ROW_HEAD_WORDS) / 2,
      time,
      service,
      (connection - ROW_HEAD_WORDS) / 2,
      method,
      (path - ROW_HEAD_WORDS) / 2,
    );
    return length === 0 ? undefined : this.#identity(length);
  }

  /** What the JSON of the value of that number holds. */
  jsonOf(token: number): unknown {
    const start = this.#module.tokenAddress(token);
    const end = start + this.#module.tokenLength(token);
    return JSON.parse(this.#memory.toString('latin1', start, end));
  }

  #identity(length: number): Uint8Array {
    const start = this.#identityAddress;
    if (length >= MOST_VIEWS) {
      return this.#memory.subarray(start, start + length);
    }
    // Making one takes as long as all the rest.
    const view =
      this.#identities[length] ?? this.#memory.subarray(start, start + length);
    this.#identities[length] = view;
    return view;
  }
}
