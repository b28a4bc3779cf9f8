import { AccessLogStoreError } from '../AccessLogStoreError';

/** Ends a question when its time is up, or when its asker has enough. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #time: AbortSignal;
  readonly #milliseconds: number;

  constructor(milliseconds: number, asker: AbortSignal | undefined) {
    this.#milliseconds = milliseconds;
    this.#time = AbortSignal.timeout(milliseconds);
    this.signal = asker ? AbortSignal.any([asker, this.#time]) : this.#time;
  }

  /** What to throw for an error that came under way. */
  explain(error: unknown): unknown {
    return error !== undefined && error === this.#time.reason
      ? new AccessLogStoreError(
          'timed-out',
          `The question was not answered within ${
            this.#milliseconds / 1000
          } seconds. Ask for a shorter time or fewer services, or raise lattice.accessLogs.store.timeoutSeconds.`,
        )
      : error;
  }

  /** What comes, with errors explained. */
  async *guard<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* items;
    } catch (error) {
      throw this.explain(error);
    }
  }
}
