import { stat } from 'node:fs';
import {
  isMainThread,
  type MessagePort,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { letGo } from '../scan/letGo';
import type { AccessLogObjectEnd } from '../scan/readAccessLogObject';
import { buffersOf } from './emptyColumns';
import { letOthersFirst } from './letOthersFirst';
import type { TextsToKeep } from './RecordColumns';
import {
  type AccessLogObjectIdentity,
  type ColumnsPart,
  readColumns,
} from './readColumns';

const ROLE = 'lattice-logs-columns';

/** Parts of an object that wait to be taken; more are not read yet. */
const MAX_WAITING = 2;

/** What the thread is told. `reading`: the number of an object that is being read. */
export type ToThread =
  | {
      kind: 'read';
      reading: number;
      object: AccessLogObjectIdentity;
      size?: number;
      from?: number;
      texts?: TextsToKeep;
    }
  /** `pass`: how often the object was opened before. Without `bytes`: there are no more. */
  | { kind: 'bytes'; reading: number; pass: number; bytes?: Uint8Array }
  | { kind: 'taken' | 'stop'; reading: number };

/** What the thread tells. */
export type FromThread =
  | { kind: 'open'; reading: number; pass: number }
  /** So many bytes were used: there is room for others. */
  | { kind: 'used'; reading: number; pass: number; bytes: number }
  | { kind: 'part'; reading: number; part: ColumnsPart }
  | { kind: 'end'; reading: number; end: AccessLogObjectEnd }
  | { kind: 'failed'; reading: number; error: unknown };

/** Starts a thread that reads the objects it is sent. */
export function startColumnsThread(): Worker {
  // libuv's threads have the priority of whatever first needs them: so this does, and not the new thread.
  stat(__filename, () => {});
  return new Worker(__filename, { workerData: { role: ROLE } });
}

/** An object that is being read in this thread, with bytes that another thread sends. */
class ThreadReading {
  #pass = -1;
  #bytes: (Uint8Array | undefined)[] = [];
  #waiting = 0;
  #isStopped = false;
  #wake = () => {};

  constructor(
    private readonly port: MessagePort,
    private readonly task: ToThread & { kind: 'read' },
  ) {}

  tell(message: ToThread): void {
    if (message.kind === 'bytes' && message.pass === this.#pass) {
      this.#bytes.push(message.bytes);
    } else if (message.kind === 'taken') {
      this.#waiting--;
    } else if (message.kind === 'stop') {
      this.#isStopped = true;
    }
    this.#wake();
  }

  async run(): Promise<void> {
    const { reading } = this.task;
    try {
      const end = await this.#read();
      if (end) {
        this.#send({ kind: 'end', reading, end });
      }
    } catch (error) {
      this.#send({ kind: 'failed', reading, error });
    }
  }

  /** @returns undefined if it is told to stop */
  async #read(): Promise<AccessLogObjectEnd | undefined> {
    const { reading, object, size, from, texts } = this.task;
    const parts = readColumns({
      open: () => this.#open(),
      object,
      size,
      from,
      texts,
    });
    let next = await parts.next();
    while (!next.done && !this.#isStopped) {
      const part = next.value;
      this.#waiting++;
      this.#send({ kind: 'part', reading, part }, buffersOf(part.columns));
      await this.#until(() => this.#waiting < MAX_WAITING);
      next = await parts.next();
    }
    if (!next.done) {
      await parts.return(undefined as never);
      return undefined;
    }
    return this.#isStopped ? undefined : next.value;
  }

  async *#open(): AsyncGenerator<Uint8Array> {
    const { reading } = this.task;
    const pass = ++this.#pass;
    this.#bytes = [];
    this.#send({ kind: 'open', reading, pass });
    for (;;) {
      await this.#until(() => this.#bytes.length > 0);
      const bytes = this.#bytes.shift();
      if (!bytes || this.#isStopped) {
        return;
      }
      const { length } = bytes;
      yield bytes;
      letGo(bytes);
      this.#send({ kind: 'used', reading, pass, bytes: length });
    }
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!isTrue() && !this.#isStopped) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  #send(message: FromThread, buffers: ArrayBuffer[] = []): void {
    this.port.postMessage(message, buffers);
  }
}

if (!isMainThread && workerData?.role === ROLE && parentPort) {
  letOthersFirst();
  const port = parentPort;
  const readings = new Map<number, ThreadReading>();
  port.on('message', (message: ToThread) => {
    const { reading } = message;
    if (message.kind === 'read') {
      const started = new ThreadReading(port, message);
      readings.set(reading, started);
      started.run().finally(() => readings.delete(reading));
    } else {
      readings.get(reading)?.tell(message);
    }
  });
}
