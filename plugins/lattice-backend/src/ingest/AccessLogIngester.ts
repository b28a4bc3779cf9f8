import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { TextsToKeep } from '@lattice-portal/access-logs';
import type { AccessLogSourceFactory } from '@lattice-portal/plugin-lattice-node';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import type { IngestStore } from '../database/IngestStore';
import type { Lease } from '../database/Lease';
import type { RecordOutbox } from '../database/RecordOutbox';
import type { EstateService } from '../estate/EstateService';
import { forEachConcurrently } from '../util/forEachConcurrently';
import { GatheredBatches } from './GatheredBatches';
import { isDestinationGone } from './isDestinationGone';
import { SourceDiscovery, type SourceToRead } from './SourceDiscovery';
import { ProgressMeter } from './SourceProgress';

/** About: a batch more at most. So many take one or two seconds. */
const LINES_A_TRANSACTION = 200_000;
/** Of the texts that are kept of lines, about: while so much is stored, as much is gathered. */
const BYTES_A_TRANSACTION = 16 * 1024 * 1024;
/** Milliseconds that lines of a slow source are held back at most, but for the batch that is read. */
const GATHERING = 5_000;
/** More records than that are not to wait for a sink. */
const MOST_WAITING = 20_000;
const CONCURRENT_SOURCES = 4;
/** So long a source with a backlog is read at a time: the others have their turn too. */
const TURN = 60_000;
const RENEWAL = 15_000;
const HOUR = 60 * 60 * 1000;

/**
 * Reads the destinations of all access-log subscriptions of the estate, and of those that have ended for as long
 * as lines of them may come.
 */
export class AccessLogIngester {
  readonly #discovery: SourceDiscovery;

  static create(options: {
    estate: EstateService;
    factory: AccessLogSourceFactory;
    store: IngestStore;
    outbox: RecordOutbox;
    /** Calls to look out for in new lines. */
    watches: () => Promise<AccessWatch[]>;
    logger: LoggerService;
    startHoursAgo: number;
    /** About so many lines are stored together, if there are as many. */
    linesATransaction?: number;
    now?: () => number;
  }): AccessLogIngester {
    return new AccessLogIngester(options);
  }

  private constructor(
    private readonly options: Parameters<typeof AccessLogIngester.create>[0],
  ) {
    const { estate, factory, store } = options;
    const now = () => this.#now();
    this.#discovery = SourceDiscovery.create({ estate, factory, store, now });
  }

  /**
   * Reads all sources on from where they stand, each for a while. A source that fails stops no other.
   * Does nothing while another process is at it.
   */
  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { store, logger } = this.options;
    const lease = await store.takeLease();
    if (!lease) {
      return;
    }
    const renewal = setInterval(() => {
      // Whoever has lost it notices when storing.
      lease.renew().catch(() => {});
    }, RENEWAL);
    try {
      await this.options.outbox.register();
      if (await this.#handOn()) {
        await this.#readAll(lease, options.signal);
        await this.#deliver();
      }
    } finally {
      clearInterval(renewal);
      await lease.release().catch(error => {
        logger.warn(`Could not release a lease: ${stringifyError(error)}`);
      });
    }
  }

  /** @returns false if a record sink does not take records */
  async #deliver(): Promise<boolean> {
    try {
      await this.options.outbox.deliver();
      return true;
    } catch (error) {
      this.options.logger.warn(
        `Could not hand access log records on: ${stringifyError(error)}`,
      );
      return false;
    }
  }

  /**
   * Lines are read on while earlier ones are handed on, as long as few enough wait.
   *
   * @returns false if no more are to gather
   */
  async #handOn(): Promise<boolean> {
    const delivery = this.#deliver();
    const statuses = await this.options.outbox.status();
    return statuses.every(({ waiting }) => waiting < MOST_WAITING) || delivery;
  }

  async #readAll(lease: Lease, signal?: AbortSignal): Promise<void> {
    const { sources, areAll } = await this.#discovery.discover();
    const failed = new Set<number>();
    // Whoever waits longest comes first.
    const ordered = [...sources].sort(
      (left, right) =>
        (left.stored.readUntil ?? 0) - (right.stored.readUntil ?? 0),
    );
    await forEachConcurrently(
      ordered.filter(({ stored }) => !stored.isPaused),
      CONCURRENT_SOURCES,
      async source => {
        try {
          await this.#readSource({ ...source, lease, signal });
        } catch (error) {
          failed.add(source.stored.number);
          await this.#noteFailure(source, error);
        }
      },
    );
    if (areAll && !signal?.aborted) {
      // One that has ended may never be readable again, and is not waited for then.
      const sourceNumbers = sources
        .filter(
          ({ stored: { number, isPaused }, isEnded }) =>
            !isEnded || !(isPaused || failed.has(number)),
        )
        .map(({ stored }) => stored.number);
      await this.options.store.noteHoursRead({ lease, sourceNumbers });
    }
  }

  async #noteFailure(
    { stored, isEnded }: SourceToRead,
    error: unknown,
  ): Promise<void> {
    const { store, logger } = this.options;
    const message = stringifyError(error);
    logger.warn(`Could not read access logs ${stored.id}: ${message}`);
    const at = this.#now();
    const sourceNumber = stored.number;
    await store.saveFailure({ sourceNumber, message, at });
    if (isEnded && isDestinationGone(error)) {
      await store.noteGone({ sourceNumber });
    }
  }

  async #readSource(
    options: SourceToRead & { lease: Lease; signal?: AbortSignal },
  ): Promise<void> {
    const { source, stored, resourceIds, lease, signal } = options;
    const startedAt = this.#now();
    const since = startedAt - this.options.startHoursAgo * HOUR;
    const meter = new ProgressMeter({
      startedAt,
      readFrom: stored.readUntil ?? since,
    });
    const batches = source.read({
      cursor: stored.cursor,
      since,
      objects: this.options.store.objectsOf(stored.number),
      texts: await this.#textsToKeep(resourceIds),
      resourceIds,
      signal,
    });
    let gathered = new GatheredBatches();
    let gatheredSince = startedAt;
    let areStored = true;
    // Lines are read on while those before are stored.
    let storing = Promise.resolve({ isPaused: false, goesOn: true });
    const store = () => {
      const contents = gathered.contents();
      gathered = new GatheredBatches();
      gatheredSince = this.#now();
      storing = storing.then(async before => {
        if (before.isPaused) {
          areStored = false;
          return before;
        }
        const { isPaused } = await this.options.store.store({
          ...contents,
          lease,
          source: stored,
          resourceIds,
          watches: await this.options.watches(),
          readFrom: since,
        });
        const isOver = this.#now() - startedAt > TURN;
        const goesOn = !isPaused && !isOver && (await this.#deliver());
        return { isPaused, goesOn };
      });
      // What failed is told when it is waited for.
      storing.catch(() => {
        areStored = false;
      });
    };
    try {
      for await (const batch of batches) {
        const readUntil = batch.readUntil
          ? Date.parse(batch.readUntil)
          : undefined;
        const progress = meter.add({
          now: this.#now(),
          lines: batch.lines.length + (batch.columns?.size ?? 0),
          readUntil,
          backlog: batch.backlog,
        });
        gathered.add({ batch, readUntil, progress });
        if (signal?.aborted) {
          return;
        }
        if (
          gathered.lineCount >= this.#linesATransaction ||
          gathered.textBytes >= BYTES_A_TRANSACTION ||
          this.#now() - gatheredSince >= GATHERING
        ) {
          const before = storing;
          store();
          if (!(await before).goesOn) {
            return;
          }
        }
      }
    } finally {
      // What was read before a source failed is not to be read again, and perhaps again to no end.
      if (!gathered.isEmpty) {
        store();
      }
      await storing.finally(() => {
        if (!areStored) {
          this.#discovery.forget(source);
        }
      });
    }
  }

  /** Calls that happened before a watch began, as all do that are read by then, are none it looks for. */
  async #textsToKeep(resourceIds: readonly string[]): Promise<TextsToKeep> {
    // What lines say tells several logs apart where nothing else does.
    if (this.options.outbox.hasSinks || resourceIds.length > 1) {
      return 'all';
    }
    const watches = await this.options.watches();
    return { ofServices: watches.map(({ serviceArn }) => serviceArn) };
  }

  get #linesATransaction(): number {
    return this.options.linesATransaction ?? LINES_A_TRANSACTION;
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
