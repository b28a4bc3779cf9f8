import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { UnparsedLine } from '../scan/ScanBatch';

/** A file of the lines that were kept aside, as JSON lines. */
export class UnparsedFile {
  /**
   * Opens a file and empties it.
   *
   * @throws what the file system throws
   */
  static async open(path: string): Promise<UnparsedFile> {
    const stream = createWriteStream(path, { mode: 0o600 });
    await once(stream, 'open');
    return new UnparsedFile(stream);
  }

  readonly #stream: WriteStream;
  #error?: Error;

  private constructor(stream: WriteStream) {
    this.#stream = stream;
    stream.on('error', error => {
      this.#error = error;
    });
  }

  add(line: UnparsedLine): void {
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  /** @throws Error if not all could be written */
  async close(): Promise<void> {
    if (!this.#stream.closed) {
      this.#stream.end();
      await once(this.#stream, 'close').catch(() => {});
    }
    if (this.#error) {
      throw new Error(
        `Can't write ${this.#stream.path}: ${this.#error.message}`,
      );
    }
  }
}
