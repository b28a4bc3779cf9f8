import { createGunzip, type Gunzip } from 'node:zlib';
import { letGo } from './letGo';

/** Text that zlib hands back at a time. */
const TEXT_BYTES = 1024 * 1024;

/**
 * A gunzip that is given one piece after the other, and whose text is taken before the next: what was taken
 * is gone then.
 */
export class Unpacking {
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: TEXT_BYTES });
  #wake = () => {};
  #ended = false;
  #last?: Buffer;
  error?: NodeJS.ErrnoException;

  constructor() {
    const wake = () => this.#wake();
    this.#gunzip
      .on('readable', wake)
      .on('end', () => {
        this.#ended = true;
        wake();
      })
      .on('error', error => {
        this.error = error;
        wake();
      });
  }

  /** Whether there is no use for more. */
  get isOver(): boolean {
    return this.#ended || this.error !== undefined;
  }

  /** Bytes of gzip data so far. */
  get bytesTaken(): number {
    return this.#gunzip.bytesWritten;
  }

  async *write(piece: Buffer): AsyncGenerator<Buffer> {
    let isDone = false;
    this.#gunzip.write(piece, () => {
      isDone = true;
      this.#wake();
    });
    // When the gzip data ends within the piece, zlib never calls back.
    yield* this.#textUntil(() => isDone || this.isOver);
  }

  async *end(): AsyncGenerator<Buffer> {
    if (!this.isOver) {
      this.#gunzip.end();
      yield* this.#textUntil(() => this.isOver);
    }
  }

  destroy(): void {
    this.#gunzip.destroy();
    if (this.#ended && this.#last?.length) {
      // It is still there: zlib has not filled its memory, and never will.
      letGo(new Uint8Array(this.#last.buffer));
    }
  }

  async *#textUntil(isDone: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      const text: Buffer | null = this.#gunzip.read();
      if (text) {
        this.#last = text;
        yield text;
        // zlib has filled this memory, and goes on with other.
        letGo(text);
      } else if (isDone()) {
        return;
      } else {
        await woken;
      }
    }
  }
}
