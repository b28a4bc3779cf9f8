import type { Worker } from 'node:worker_threads';
import type { AccessLogObjectEnd } from '../scan/readAccessLogObject';
import { type FromThread, startColumnsThread } from './columnsThread';
import type { ColumnsPart } from './readColumns';
import { type AccessLogObjectToRead, RemoteReading } from './RemoteReading';

/** Milliseconds after which threads without work end. */
const IDLE = 30_000;

/** A thread that reads objects, several at a time if need be. */
export class ReaderThread {
  readonly #worker: Worker;
  readonly #readings = new Map<number, RemoteReading>();
  #last = 0;
  #idle?: NodeJS.Timeout;

  /** @param onEnd - called when it takes no more */
  constructor(private readonly onEnd: () => void) {
    this.#worker = startColumnsThread();
    this.#worker.on('message', (message: FromThread) =>
      this.#readings.get(message.reading)?.tell(message),
    );
    this.#worker.on('error', error => this.#fail(error));
    this.#worker.on('exit', () =>
      this.#fail(new Error('A thread that reads access logs ended too early')),
    );
    // Whoever reads keeps the process alive, by what the bytes come from.
    this.#worker.unref();
  }

  get load(): number {
    return this.#readings.size;
  }

  async *read(
    options: AccessLogObjectToRead,
  ): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
    clearTimeout(this.#idle);
    const number = ++this.#last;
    const reading = new RemoteReading(options, message =>
      this.#worker.postMessage({ ...message, reading: number }),
    );
    this.#readings.set(number, reading);
    this.#worker.ref();
    try {
      return yield* reading.parts();
    } finally {
      reading.stop();
      this.#readings.delete(number);
      if (this.#readings.size === 0) {
        this.#worker.unref();
        this.#idle = setTimeout(() => this.#end(), IDLE).unref();
      }
    }
  }

  #end(): void {
    this.onEnd();
    this.#worker.removeAllListeners('exit');
    this.#worker.terminate().catch(() => {});
  }

  #fail(error: unknown): void {
    this.onEnd();
    for (const reading of this.#readings.values()) {
      reading.fail(error);
    }
  }
}
