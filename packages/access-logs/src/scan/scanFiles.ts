import { availableParallelism } from 'node:os';
import type { LogFile } from './findLogFiles';
import { type FilePosition, type FileResult, scanFile } from './scanFile';
import type { ScanBatch } from './ScanBatch';
import { Scanner } from './Scanner';
import type { ScanSettings } from './ScanSettings';
import { ScanWorker, type WorkerMessage } from './scanWorker';

/** Below, starting threads takes longer than they save. */
const BYTES_FOR_THREADS = 16 * 1024 * 1024;
const MAX_THREADS = 8;

/** Takes what a scan finds. */
export interface ScanSink {
  /** @param scanner - whose group numbers the batch has */
  addBatch(batch: ScanBatch, scanner: object): void;
  endFile(file: LogFile, result: FileResult): void;
}

/** Scans in this thread, also a part of a file. */
export class SerialScan {
  readonly #scanner: Scanner;
  readonly #sink: ScanSink;

  constructor(settings: ScanSettings, sink: ScanSink) {
    this.#sink = sink;
    this.#scanner = new Scanner(settings, batch =>
      sink.addBatch(batch, this.#scanner),
    );
  }

  /** @throws what `signal` was aborted for */
  async scan(
    files: readonly LogFile[],
    options: {
      from?: (file: LogFile) => FilePosition | undefined;
      isGrowing?: boolean;
      signal?: AbortSignal;
    } = {},
  ): Promise<void> {
    const { isGrowing, signal } = options;
    for (const file of files) {
      signal?.throwIfAborted();
      const result = await scanFile({
        file,
        scanner: this.#scanner,
        from: options.from?.(file),
        isGrowing,
        signal,
      });
      this.#sink.endFile(file, result);
    }
  }
}

/**
 * Scans files, in several threads if there is enough to do.
 *
 * @remarks
 * A thread is given its next file when it is through with the last, so that neighbours in time are read
 * together. A thread waits when the main one is behind by some batches.
 */
export async function scanFiles(options: {
  files: readonly LogFile[];
  settings: ScanSettings;
  sink: ScanSink;
  /** Default: one a core where the files are large enough, else none. */
  threads?: number;
}): Promise<void> {
  const { files, settings, sink } = options;
  const threads = options.threads ?? threadsFor(files);
  if (threads < 1) {
    await new SerialScan(settings, sink).scan(files);
    return;
  }
  const queue = [...files];
  const workers = Array.from({ length: threads }, () =>
    ScanWorker.start(settings),
  );
  try {
    await Promise.all(workers.map(worker => serve({ worker, queue, sink })));
  } finally {
    await Promise.all(workers.map(({ thread }) => thread.terminate()));
  }
}

/** Gives a thread one file after the other, until there are none left. */
function serve(options: {
  worker: ScanWorker;
  queue: LogFile[];
  sink: ScanSink;
}): Promise<void> {
  const { worker, queue, sink } = options;
  const { thread } = worker;
  return new Promise((resolve, reject) => {
    let file: LogFile | undefined;
    const next = () => {
      file = queue.shift();
      if (file) {
        thread.postMessage(file);
      } else {
        resolve();
      }
    };
    thread.on('error', reject);
    thread.on('exit', () =>
      reject(new Error('A thread that reads logs ended too early')),
    );
    thread.on('message', (message: WorkerMessage) => {
      if (message.kind === 'batch') {
        sink.addBatch(message.batch, worker);
        worker.release();
      } else {
        sink.endFile(file!, message.result);
        next();
      }
    });
    next();
  });
}

function threadsFor(files: readonly LogFile[]): number {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const cores = Math.min(availableParallelism(), files.length, MAX_THREADS);
  return bytes < BYTES_FOR_THREADS || cores < 2 ? 0 : cores;
}
