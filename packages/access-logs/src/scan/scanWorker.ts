import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import type { LogFile } from './findLogFiles';
import { type FileResult, scanFile } from './scanFile';
import type { ScanBatch } from './ScanBatch';
import { Scanner } from './Scanner';
import type { ScanSettings } from './ScanSettings';

const ROLE = 'lattice-logs-scan';

/** What a worker tells. */
export type WorkerMessage =
  | { kind: 'batch'; batch: ScanBatch }
  | { kind: 'done'; result: FileResult };

/** Batches on their way to the main thread; more make the thread wait. */
const MAX_WAITING = 8;

/** A thread that scans the files it is sent. */
export class ScanWorker {
  readonly thread: Worker;
  readonly #waiting: Int32Array;

  private constructor(thread: Worker, waiting: Int32Array) {
    this.thread = thread;
    this.#waiting = waiting;
  }

  static start(settings: ScanSettings): ScanWorker {
    const waiting = new Int32Array(new SharedArrayBuffer(4));
    const thread = new Worker(__filename, {
      workerData: { role: ROLE, settings, waiting },
    });
    return new ScanWorker(thread, waiting);
  }

  /** Tells the thread that a batch was taken. */
  release(): void {
    Atomics.sub(this.#waiting, 0, 1);
    Atomics.notify(this.#waiting, 0);
  }
}

if (!isMainThread && workerData?.role === ROLE && parentPort) {
  const port = parentPort;
  const waiting: Int32Array = workerData.waiting;
  const scanner = new Scanner(workerData.settings, batch => {
    const count = Atomics.add(waiting, 0, 1) + 1;
    if (count > MAX_WAITING) {
      Atomics.wait(waiting, 0, count);
    }
    port.postMessage({ kind: 'batch', batch } satisfies WorkerMessage, [
      batch.times.buffer as ArrayBuffer,
      batch.keys.buffer as ArrayBuffer,
      batch.tags.buffer as ArrayBuffer,
      batch.groups.buffer as ArrayBuffer,
    ]);
  });
  port.on('message', async (file: LogFile) => {
    const result = await scanFile({ file, scanner });
    port.postMessage({ kind: 'done', result } satisfies WorkerMessage);
  });
}
