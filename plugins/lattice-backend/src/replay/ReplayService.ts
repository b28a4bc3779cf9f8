import { createHash, randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { AccessLogStore } from '@lattice-portal/access-log-store';
import type {
  AccessRequestChange,
  TrafficReplayHours,
} from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import type { ReplayStore, StoredReplay } from '../database/ReplayStore';
import type { EstateService } from '../estate/EstateService';
import type { PolicyLookup } from '../policies/PolicyLookup';
import { NO_RECORDS, requireRecords } from '../records/requireRecords';
import type { PolicyChange } from './PolicyChange';
import { type ReplayProgress, replayTraffic } from './replayTraffic';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Replays at a time, of all users on all replicas. */
const SLOTS = 2;
const MAX_ATTEMPTS = 3;
/** How often a worker says that it lives, and looks whether it should stop. */
const BEAT = 1_000;
/** A worker that was silent for so long is taken to be dead. */
const SILENCE = 30_000;
const KEPT = 7 * DAY;

/** Why a replay ends before its time. */
type EarlyEnd = 'cancelled' | 'taken over' | 'shut down';

/**
 * Replays recorded traffic against what access requests propose. A replay is work in the database: any
 * replica may run it, answer for it, and cancel it.
 */
export class ReplayService {
  readonly #running = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  static create(options: {
    store: ReplayStore;
    /** Absent: none is configured. */
    records?: Pick<AccessLogStore, 'callShapes'>;
    estate: Pick<EstateService, 'current'>;
    policies: Pick<PolicyLookup, 'now' | 'identityOf'>;
    logger: LoggerService;
    /** Milliseconds. */
    beat?: number;
    silence?: number;
    now?: () => number;
  }): ReplayService {
    return new ReplayService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ReplayService.create>[0],
  ) {}

  /** Why nothing can be replayed. Absent: it can. */
  get unavailable(): string | undefined {
    return this.options.records ? undefined : NO_RECORDS;
  }

  /**
   * @throws NotImplementedError when there is no store of records
   * @throws ConflictError while the user has a replay that has not ended
   */
  async start(options: {
    request: Pick<AccessRequestRecord, 'id' | 'changes'>;
    hours: TrafficReplayHours;
    askedBy: string;
  }): Promise<StoredReplay> {
    requireRecords(this.options.records);
    const { request, hours, askedBy } = options;
    const now = this.#now();
    const replay = await this.options.store.create({
      id: randomUUID(),
      accessRequestId: request.id,
      askedBy,
      window: { from: now - hours * HOUR, to: now },
      changes: request.changes.map(toPolicyChange),
      digest: changesDigest(request.changes),
      createdAt: now,
    });
    this.work();
    return replay;
  }

  get: ReplayStore['get'] = options => this.options.store.get(options);

  list: ReplayStore['list'] = options => this.options.store.list(options);

  result: ReplayStore['result'] = options => this.options.store.result(options);

  async cancel(options: { id: string }): Promise<void> {
    await this.options.store.cancel({ ...options, now: this.#now() });
  }

  /** Deletes replays that ended long ago. */
  async prune(): Promise<void> {
    await this.options.store.prune({ before: this.#now() - KEPT });
  }

  /** Takes up what waits or was left behind, without waiting for its end. */
  work(): void {
    if (this.unavailable || this.#running.size >= SLOTS) {
      return;
    }
    const running = this.#workOff().finally(() =>
      this.#running.delete(running),
    );
    this.#running.add(running);
  }

  /** Stops what runs here: another process takes it up. */
  async stop(): Promise<void> {
    this.#ending.abort('shut down' satisfies EarlyEnd);
    await Promise.all(this.#running);
  }

  async #workOff(): Promise<void> {
    const { store, logger, silence = SILENCE } = this.options;
    try {
      while (!this.#ending.signal.aborted) {
        const worker = randomUUID();
        const now = this.#now();
        const replay = await store.claim({
          worker,
          now,
          slots: SLOTS,
          staleBefore: now - silence,
          maxAttempts: MAX_ATTEMPTS,
        });
        if (!replay) {
          return;
        }
        await this.#run(replay, worker);
      }
    } catch (error) {
      logger.warn(`Replays could not be taken up: ${stringifyError(error)}`);
    }
  }

  async #run(replay: StoredReplay, worker: string): Promise<void> {
    const { store, logger } = this.options;
    const { id } = replay;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, this.#ending.signal]);
    let progress: ReplayProgress | undefined;
    const stopBeating = this.#beat({
      replay,
      worker,
      ended,
      progress: () => progress,
    });
    const end = (
      options: Pick<
        Parameters<ReplayStore['end']>[0],
        'status' | 'result' | 'error'
      >,
    ) => store.end({ id, worker, now: this.#now(), progress, ...options });
    try {
      const result = await replayTraffic({
        changes: replay.changes,
        window: replay.window,
        records: this.options.records!,
        index: await this.options.estate.current(),
        policies: this.options.policies,
        now: replay.createdAt,
        signal,
        onProgress: done => {
          progress = done;
        },
      });
      await end({ status: 'done', result });
    } catch (error) {
      const early: EarlyEnd | undefined = signal.reason;
      if (early === 'cancelled') {
        await end({ status: 'cancelled' });
      } else if (!early) {
        logger.warn(`Replay ${id} failed: ${stringifyError(error)}`);
        await end({ status: 'failed', error: stringifyError(error) });
      }
    } finally {
      stopBeating();
    }
  }

  /** Tells the database that the worker lives, and the worker if it is to stop. */
  #beat(options: {
    replay: StoredReplay;
    worker: string;
    ended: AbortController;
    progress: () => ReplayProgress | undefined;
  }): () => void {
    const { replay, worker, ended, progress } = options;
    const { store, logger, beat = BEAT } = this.options;
    const timer = setInterval(async () => {
      try {
        const answer = await store.beat({
          id: replay.id,
          worker,
          now: this.#now(),
          progress: progress(),
        });
        if (answer !== 'go on') {
          ended.abort(answer satisfies EarlyEnd);
        }
      } catch (error) {
        logger.warn(
          `The progress of replay ${
            replay.id
          } could not be kept: ${stringifyError(error)}`,
        );
      }
    }, beat);
    return () => clearInterval(timer);
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

function toPolicyChange(change: AccessRequestChange): PolicyChange {
  const { layer, resourceArn, before, after } = change;
  return { layer, resourceArn, before, after };
}

/** Tells the documents of a request from those that it had before it was computed again. */
export function changesDigest(changes: readonly AccessRequestChange[]): string {
  return createHash('sha256')
    .update(JSON.stringify(changes.map(toPolicyChange)))
    .digest('hex');
}
