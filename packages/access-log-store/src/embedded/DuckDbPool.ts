import { AccessLogStoreError } from '../AccessLogStoreError';
import type { Value } from '../schema/Column';
import { type ChildJob, type ChildSettings } from './duckDbChild';
import { DuckDbProcess } from './DuckDbProcess';

const IDLE_MILLISECONDS = 60_000;

/**
 * Processes that run SQL: each does one job at a time, so that a crash is the end of one job only.
 */
export class DuckDbPool {
  readonly #settings: ChildSettings;
  readonly #size: number;
  readonly #idle: { process: DuckDbProcess; timer: NodeJS.Timeout }[] = [];
  readonly #busy = new Set<DuckDbProcess>();
  readonly #waiting: (() => void)[] = [];
  /** Jobs that may run now. */
  #turns = 0;
  #isClosed = false;

  /** @param options - `size`: jobs at the same time; more wait for their turn */
  constructor(options: { settings: ChildSettings; size: number }) {
    this.#settings = options.settings;
    this.#size = options.size;
  }

  /** Ids of the processes that are at work. */
  get pids(): number[] {
    return [...this.#busy].map(({ pid }) => pid!);
  }

  /** Runs SQL and gives its rows as they come. */
  async *run(job: ChildJob, signal?: AbortSignal): AsyncGenerator<Value[][]> {
    await this.#turn(signal);
    const process = this.#take();
    try {
      yield* process.run(job, signal);
    } finally {
      this.#turns--;
      this.#giveBack(process);
    }
  }

  /** Runs SQL and gives all of its rows. */
  async runAll(job: ChildJob, signal?: AbortSignal): Promise<Value[][]> {
    const all: Value[][] = [];
    for await (const rows of this.run(job, signal)) {
      all.push(...rows);
    }
    return all;
  }

  /** Ends all processes. Jobs that run or wait fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { process, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      process.stop();
    }
    for (const process of this.#busy) {
      process.stop();
    }
    this.#wakeAll();
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    while (!this.#isClosed && this.#turns >= this.#size) {
      signal?.throwIfAborted();
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal?.throwIfAborted();
    if (this.#isClosed) {
      throw new AccessLogStoreError('failed', 'The access log store is closed');
    }
    this.#turns++;
  }

  #take(): DuckDbProcess {
    let process: DuckDbProcess | undefined;
    while (!process?.isAlive && this.#idle.length > 0) {
      const idle = this.#idle.pop()!;
      clearTimeout(idle.timer);
      process = idle.process;
    }
    if (!process?.isAlive) {
      process = DuckDbProcess.start(this.#settings);
    }
    process.setIdle(false);
    this.#busy.add(process);
    return process;
  }

  #giveBack(process: DuckDbProcess): void {
    this.#busy.delete(process);
    if (this.#isClosed || !process.isAlive) {
      process.stop();
    } else {
      process.setIdle(true);
      const timer = setTimeout(() => {
        const index = this.#idle.findIndex(idle => idle.process === process);
        this.#idle.splice(index, 1);
        process.stop();
      }, IDLE_MILLISECONDS);
      timer.unref();
      this.#idle.push({ process, timer });
    }
    this.#wakeAll();
  }

  /** Each of them looks whether it is its turn; some may have given up. */
  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }
}
