import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { DataPlane } from '../dataPlane';
import type { EstateFile } from '../defaultEstate';
import type { Estate } from '../estate/Estate';
import type { LogStore } from '../logs/LogStore';
import { callsBetween } from './callsBetween';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How far back calls are made up at full rate. */
const FULL = HOUR;
/** How far back they are made up at all, at the first start. */
const HISTORY = 25 * HOUR;
/** Before the last hour, one call out of so many. */
const THIN = 30;
const TICK = 250;

/** Settings of the {@link Traffic}. */
export interface TrafficOptions {
  dataPlane: DataPlane;
  estate: Estate;
  logs: LogStore;
  /** Whose traffic table is played. */
  file: EstateFile;
  /** The present, in milliseconds since the epoch. */
  now(): number;
  /** Takes a line for the operator. Default: drops it. */
  warn?(message: string): void;
}

interface TrafficState {
  /** Whether the past of the first start is made up. */
  complete: boolean;
  /** Milliseconds since the epoch up to which calls were made for certain. */
  until: number;
}

/**
 * Plays the traffic table of an estate file: a few calls a second through the data plane, under the
 * policies as they are.
 *
 * @remarks
 * The first start makes up the last hour and, thinly, the day before it, under the policies as they
 * were; cut off, it goes on where it was. A later start goes on after the last event, with a gap of an
 * hour filled at most.
 */
export class Traffic {
  readonly #options: TrafficOptions;
  #timer: NodeJS.Timeout | undefined;
  #until: number;
  readonly #running = new Set<Promise<void>>();

  private constructor(options: TrafficOptions) {
    this.#options = options;
    this.#until = options.now();
  }

  /** Resolves when the past is made up. */
  static async start(options: TrafficOptions): Promise<Traffic> {
    const traffic = new Traffic(options);
    await traffic.#catchUp();
    traffic.#timer = setInterval(() => traffic.#tick(), TICK);
    traffic.#timer.unref();
    return traffic;
  }

  /** Makes no more calls, and waits for those under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#running);
    this.#state.put('state', { complete: true, until: this.#until });
  }

  get #state() {
    return this.#options.estate.collection<TrafficState>('traffic');
  }

  async #catchUp(): Promise<void> {
    const now = this.#until;
    const state = this.#state.get('state');
    if (state?.complete) {
      const last = Math.max(state.until, this.#lastEvent(0, now));
      await this.#play(Math.max(last, now - FULL), now);
    } else {
      let from = now - HISTORY;
      if (state) {
        const { until } = state;
        from = Math.max(from, until, this.#lastEvent(until, until + HOUR));
      }
      await this.#play(from, now - FULL, THIN);
      await this.#play(Math.max(from, now - FULL), now);
    }
    await this.#options.dataPlane.flush();
    this.#state.put('state', { complete: true, until: now });
  }

  /** Time of the latest access log record of a service network after `from` and up to `to`, or 0. */
  #lastEvent(from: number, to: number): number {
    const { estate, logs } = this.#options;
    let last = 0;
    for (const subscription of estate.accessLogSubscriptions.values()) {
      const { resourceArn, destinationArn } = subscription;
      if (!estate.serviceNetworks.has(resourceArn)) {
        continue;
      }
      const logGroupArn = destinationArn.replace(/:\*$/, '');
      for (const { lastEventTimestamp } of logs.streams(logGroupArn)) {
        last = Math.max(last, lastEventTimestamp);
      }
      if (last > to) {
        const range = { startTime: from + 1, endTime: to, limit: 10_000 };
        const { events } = logs.filter({ logGroupArn, ...range });
        last = events.at(-1)?.timestamp ?? 0;
      }
    }
    return last > from ? last : 0;
  }

  /** Makes the calls of a past stretch of time, one after the other. */
  async #play(from: number, to: number, every?: number): Promise<void> {
    const { file, estate, dataPlane } = this.#options;
    const complete = this.#state.get('state')?.complete ?? false;
    // In pieces, so that the sandbox answers meanwhile, and goes on from the last one if cut off.
    const piece = every ? HOUR : 5 * MINUTE;
    for (let start = from; start < to; start += piece) {
      this.#state.put('state', { complete, until: start });
      const end = Math.min(start + piece, to);
      const calls = callsBetween({ file, estate, from: start, to: end, every });
      for (const { call } of calls) {
        await dataPlane.invoke(call);
      }
      dataPlane.flushLogs();
      await yieldToOthers();
    }
  }

  #tick(): void {
    const { file, estate, dataPlane, now, warn } = this.#options;
    const to = now();
    const from = Math.max(this.#until, to - FULL);
    this.#until = Math.max(to, this.#until);
    for (const { row, call } of callsBetween({ file, estate, from, to })) {
      const running = dataPlane
        .invoke(call)
        .then(
          () => undefined,
          error => warn?.(`Traffic row ${row.name} failed: ${error}`),
        )
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
  }
}
