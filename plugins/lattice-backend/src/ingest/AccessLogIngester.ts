import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { TextsToKeep } from '@lattice-portal/access-logs';
import {
  type AccessLogSubscription,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '@lattice-portal/plugin-lattice-node';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import type { IngestStore, StoredLogSource } from '../database/IngestStore';
import type { Lease } from '../database/Lease';
import type { RecordOutbox } from '../database/RecordOutbox';
import type { EstateService } from '../estate/EstateService';
import { forEachConcurrently } from '../util/forEachConcurrently';
import { GatheredBatches } from './GatheredBatches';
import { knowsSubscriptions } from './knowsSubscriptions';
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

interface SourceToRead {
  source: AccessLogSource;
  stored: StoredLogSource;
  /** Of the resources whose logs are delivered there. */
  resourceIds: readonly string[];
}

/**
 * Reads the destinations of all access-log subscriptions of the estate.
 */
export class AccessLogIngester {
  /** Kept from run to run, by ARN of the subscription: a source knows what it gave lately. */
  readonly #sources = new Map<string, AccessLogSource | undefined>();

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
  ) {}

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
    const { sources, areAll } = await this.#discover();
    // Whoever waits longest comes first.
    const ordered = [...sources].sort(
      (left, right) =>
        (left.stored.readUntil ?? 0) - (right.stored.readUntil ?? 0),
    );
    await forEachConcurrently(
      ordered.filter(({ stored }) => !stored.isPaused),
      CONCURRENT_SOURCES,
      async ({ source, stored, resourceIds }) => {
        try {
          await this.#readSource({
            source,
            stored,
            resourceIds,
            lease,
            signal,
          });
        } catch (error) {
          await this.#noteFailure(stored, error);
        }
      },
    );
    if (areAll && !signal?.aborted) {
      const sourceNumbers = sources.map(({ stored }) => stored.number);
      await this.options.store.noteHoursRead({ lease, sourceNumbers });
    }
  }

  async #noteFailure(stored: StoredLogSource, error: unknown): Promise<void> {
    const { store, logger } = this.options;
    const message = stringifyError(error);
    logger.warn(`Could not read access logs ${stored.id}: ${message}`);
    const at = this.#now();
    await store.saveFailure({ sourceNumber: stored.number, message, at });
  }

  /**
   * The sources of all subscriptions, each once.
   *
   * @returns `areAll`: false if there may be others, as not all of the estate could be read
   */
  async #discover(): Promise<{
    sources: SourceToRead[];
    areAll: boolean;
  }> {
    const index = await this.options.estate.current();
    const subscriptions = index.snapshots.flatMap(
      snapshot => snapshot.estate?.accessLogSubscriptions ?? [],
    );
    const found = new Map<
      string,
      { source: AccessLogSource; resourceIds: Set<string> }
    >();
    const unsupported: string[] = [];
    for (const subscription of subscriptions) {
      const source = this.#sourceOf(subscription);
      if (source) {
        const known = found.get(source.id) ?? {
          source,
          resourceIds: new Set(),
        };
        known.resourceIds.add(resourceIdOf(subscription));
        found.set(source.id, known);
      } else {
        await this.#noteUnsupported(subscription);
        unsupported.push(subscription.destinationArn);
      }
    }
    const known = new Set(subscriptions.map(keyOf));
    for (const key of this.#sources.keys()) {
      if (!known.has(key)) {
        this.#sources.delete(key);
      }
    }
    const sources: SourceToRead[] = [];
    for (const { source, resourceIds } of found.values()) {
      const { id, accountId, region } = source;
      const status = 'waiting';
      const stored = await this.options.store.ensureSource({
        id,
        accountId,
        region,
        status,
        subscriptions: resourceIds.size,
      });
      sources.push({ source, stored, resourceIds: [...resourceIds] });
    }
    const areAll = index.snapshots.every(knowsSubscriptions);
    if (areAll) {
      const subscribed = [...found.keys(), ...unsupported];
      await this.options.store.noteEnded({ subscribed, at: this.#now() });
    }
    return { sources, areAll };
  }

  async #noteUnsupported(subscription: AccessLogSubscription): Promise<void> {
    const { destinationArn, accountId, region } = subscription;
    const arn = parseArn(destinationArn);
    await this.options.store.ensureSource({
      id: destinationArn,
      accountId: arn?.accountId || accountId,
      region: arn?.region || region,
      status: 'unsupported',
    });
  }

  #sourceOf(subscription: AccessLogSubscription): AccessLogSource | undefined {
    const key = keyOf(subscription);
    if (!this.#sources.has(key)) {
      const created = this.options.factory.create(subscription);
      // Two subscriptions of one log group have the same source.
      const same = [...this.#sources.values()].find(
        other => other && other.id === created?.id,
      );
      this.#sources.set(key, same ?? created);
    }
    return this.#sources.get(key);
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
          this.#forget(source);
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

  /** A source knows what it gave. What was not stored has to come again, so it has to be another. */
  #forget(source: AccessLogSource): void {
    for (const [key, known] of this.#sources) {
      if (known === source) {
        this.#sources.delete(key);
      }
    }
  }

  get #linesATransaction(): number {
    return this.options.linesATransaction ?? LINES_A_TRANSACTION;
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

function resourceIdOf({ resourceArn }: AccessLogSubscription): string {
  return resourceArn.split('/').pop() ?? resourceArn;
}

function keyOf(subscription: AccessLogSubscription): string {
  const { arn, destinationArn, resourceArn } = subscription;
  return JSON.stringify([arn, destinationArn, resourceArn]);
}
