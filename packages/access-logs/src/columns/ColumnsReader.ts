import { availableParallelism } from 'node:os';
import type { AccessLogObjectEnd } from '../scan/readAccessLogObject';
import { type ColumnsPart, readColumns } from './readColumns';
import { ReaderThread } from './ReaderThread';
import type { AccessLogObjectToRead } from './RemoteReading';

const MAX_THREADS = 8;

/**
 * Reads and classifies the lines of objects that access logs were delivered in, of whatever size, where
 * there are many of them in several threads.
 *
 * @remarks
 * gzip is told by the first bytes. Records may stand on lines of their own, one behind the other without
 * a newline as Firehose writes them, or in batches of log events. What is held of an object in memory is
 * bounded: the next part is read when the last ones have been taken.
 *
 * @public
 */
export class ColumnsReader {
  readonly #threads: ReaderThread[] = [];
  readonly #count: number;

  /** @param options - `threads`: at most. Default: one a core */
  static create(options: { threads?: number } = {}): ColumnsReader {
    return new ColumnsReader(options);
  }

  private constructor(options: { threads?: number }) {
    this.#count =
      options.threads ?? Math.min(availableParallelism(), MAX_THREADS);
  }

  /** So many objects are worth reading at the same time: a thread has the next one at hand. */
  get concurrency(): number {
    return Math.max(1, 4 * this.#count);
  }

  /**
   * Reads an object.
   *
   * @param options - `isOneOfMany`: in another thread, which takes a while to start
   * @returns its parts, as they come; last of all how reading ended
   * @throws what reading the bytes throws
   */
  read(
    options: AccessLogObjectToRead & { isOneOfMany?: boolean },
  ): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
    return options.isOneOfMany && this.#count > 1
      ? this.#threadWithLeast().read(options)
      : readColumns(options);
  }

  #threadWithLeast(): ReaderThread {
    const least = this.#threads.reduce<ReaderThread | undefined>(
      (best, thread) => (best && best.load <= thread.load ? best : thread),
      undefined,
    );
    if (least && (least.load === 0 || this.#threads.length >= this.#count)) {
      return least;
    }
    const thread = new ReaderThread(() => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
    });
    this.#threads.push(thread);
    return thread;
  }
}
