import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { AccessLogObjectEnd } from '../scan/readAccessLogObject';
import {
  type FromThread,
  startColumnsThread,
  type ToThread,
} from './columnsThread';
import {
  type AccessLogObjectIdentity,
  type ColumnsPart,
  readColumns,
} from './readColumns';

const MAX_THREADS = 8;
/** Bytes on their way to a thread; more are not fetched yet. */
const MAX_BYTES_SENT = 4 * 1024 * 1024;
/** Milliseconds after which threads without work end. */
const IDLE = 30_000;

/**
 * An object that access logs were delivered in.
 *
 * @public
 */
export interface AccessLogObjectToRead {
  object: AccessLogObjectIdentity;
  /** Its bytes from their start; called again where gzip data has a fault. */
  open: () => AsyncIterable<Uint8Array>;
  /** Of the object in bytes. */
  size?: number;
  /** `end` of the last part that was dealt with. */
  from?: number;
}

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
  readonly #threads: ColumnsThread[] = [];
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
    return Math.max(1, 2 * this.#count);
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

  #threadWithLeast(): ColumnsThread {
    const least = this.#threads.reduce<ColumnsThread | undefined>(
      (best, thread) => (best && best.load <= thread.load ? best : thread),
      undefined,
    );
    if (least && (least.load === 0 || this.#threads.length >= this.#count)) {
      return least;
    }
    const thread = new ColumnsThread(() => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
    });
    this.#threads.push(thread);
    return thread;
  }
}

/** A thread that reads objects, several at a time if need be. */
class ColumnsThread {
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

type WithoutReading<T> = T extends unknown ? Omit<T, 'reading'> : never;

/** An object that a thread reads. */
class RemoteReading {
  readonly #parts: ColumnsPart[] = [];
  #end?: AccessLogObjectEnd;
  #failure?: { error: unknown };
  #isStopped = false;
  #pass = -1;
  #sent = 0;
  #wake = () => {};
  #wakeSender = () => {};

  constructor(
    private readonly options: AccessLogObjectToRead,
    private readonly send: (message: WithoutReading<ToThread>) => void,
  ) {}

  async *parts(): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
    const { object, size, from } = this.options;
    this.send({ kind: 'read', object, size, from });
    for (;;) {
      const part = this.#parts.shift();
      if (part) {
        yield part;
        this.send({ kind: 'taken' });
      } else if (this.#failure) {
        throw this.#failure.error;
      } else if (this.#end) {
        return this.#end;
      } else {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      }
    }
  }

  tell(message: FromThread): void {
    switch (message.kind) {
      case 'open':
        this.#pass = message.pass;
        this.#sent = 0;
        this.#sendBytes(message.pass).catch(error => this.fail(error));
        break;
      case 'used':
        if (message.pass === this.#pass) {
          this.#sent -= message.bytes;
        }
        break;
      case 'part':
        this.#parts.push(message.part);
        break;
      case 'end':
        this.#end = message.end;
        break;
      default:
        this.#failure ??= { error: message.error };
    }
    this.#wake();
    this.#wakeSender();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
    this.#wakeSender();
  }

  stop(): void {
    this.#isStopped = true;
    if (!this.#end) {
      this.send({ kind: 'stop' });
    }
    this.#wakeSender();
  }

  async #sendBytes(pass: number): Promise<void> {
    for await (const bytes of this.options.open()) {
      while (this.#isWanted(pass) && this.#sent >= MAX_BYTES_SENT) {
        await new Promise<void>(resolve => {
          this.#wakeSender = resolve;
        });
      }
      if (!this.#isWanted(pass)) {
        return;
      }
      this.#sent += bytes.length;
      // A copy: what the bytes are a part of may be large, and is not this one's to give away.
      this.send({ kind: 'bytes', pass, bytes: new Uint8Array(bytes) });
    }
    this.send({ kind: 'bytes', pass });
  }

  #isWanted(pass: number): boolean {
    return (
      !this.#isStopped && !this.#end && !this.#failure && pass === this.#pass
    );
  }
}
