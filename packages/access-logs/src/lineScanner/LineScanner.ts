import type { LineBytes } from '../parse/LineBytes';
import type { LineLayout } from './LineLayout';
import { scannerModule } from './scannerModule';

/** What `find` in `assembly/index.ts` returns. */
const IS_FOUND = 1;
const IS_FULL = 2;

/** What {@link LineScanner.found} has of a field that the layout doesn't have. */
export const NOT_THERE = -1;

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
   * Two numbers at each place of a layout, of the line that was found last: where the value starts and
   * stops, in bytes from the line's start and with its quotes; or the value's number.
   */
  readonly found: Int32Array;
  readonly #module = scannerModule();
  readonly #memory: Buffer;
  readonly #lineAddress: number;
  readonly #identityAddress: number;
  #layout?: LineLayout;
  #turn = 0;

  private constructor() {
    const { buffer } = this.#module.memory;
    this.#memory = Buffer.from(buffer);
    this.#lineAddress = this.#module.lineAddress();
    this.#identityAddress = this.#module.identityAddress();
    this.found = new Int32Array(buffer, this.#module.foundAddress(), 128);
  }

  /** Another one: values have other numbers than before. */
  get turn(): number {
    return this.#turn;
  }

  /** Whether a line is laid out like that, and is JSON. */
  find(layout: LineLayout, { bytes, start, stop }: LineBytes): boolean {
    if (layout !== this.#layout) {
      this.#memory.set(layout.description, this.#module.layoutAddress());
      this.found.fill(NOT_THERE);
      this.#layout = layout;
    }
    // With its newline.
    bytes.copy(this.#memory, this.#lineAddress, start, stop + 1);
    const result = this.#module.find(stop - start);
    if (result === IS_FULL) {
      this.#module.forgetTokens();
      this.#turn++;
      return this.#module.find(stop - start) === IS_FOUND;
    }
    return result === IS_FOUND;
  }

  /**
   * What tells the call of the line that was found last from others, in the bytes of `callIdentity`. It
   * holds until the next one.
   *
   * @param call - where the request's id, the connection and the path have their places in
   * {@link LineScanner.found}; the numbers of the service and the method, {@link NOT_THERE} if it has none
   * @returns undefined: some value is of a kind that others know more of
   */
  identityOf(call: {
    requestId: number;
    time: number;
    service: number;
    connection: number;
    method: number;
    path: number;
  }): Uint8Array | undefined {
    const { requestId, time, service, connection, method, path } = call;
    const length = this.#module.identityOf(
      requestId / 2,
      time,
      service,
      connection / 2,
      method,
      path / 2,
    );
    const start = this.#identityAddress;
    return length === 0
      ? undefined
      : this.#memory.subarray(start, start + length);
  }

  /** The value of that number, as it stands in JSON. */
  valueOf(token: number): string {
    const start = this.#module.tokenAddress(token);
    const end = start + this.#module.tokenLength(token);
    return this.#memory.toString('latin1', start, end);
  }
}
