import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  type AccessLogSubscription,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '@lattice-portal/plugin-lattice-node';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import type { AccessLogStore } from '../database/AccessLogStore';
import { piecesOf } from '../database/sql';
import type { EstateService } from '../estate/EstateService';
import { forEachConcurrently } from '../util/forEachConcurrently';
import { prepareLines } from './prepareLines';

const LINES_A_TRANSACTION = 1_000;
const CONCURRENT_SOURCES = 4;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * Reads the destinations of all access-log subscriptions of the estate.
 */
export class AccessLogIngester {
  #prunedAt = 0;
  /** Kept from run to run, by ARN: a source knows what it gave lately and reads that no more. */
  readonly #sources = new Map<string, AccessLogSource | undefined>();

  static create(options: {
    estate: EstateService;
    factory: AccessLogSourceFactory;
    store: AccessLogStore;
    /** Calls to look out for in new lines. */
    watches: () => Promise<AccessWatch[]>;
    logger: LoggerService;
    startHoursAgo: number;
    retentionDays: number;
    now?: () => number;
  }): AccessLogIngester {
    return new AccessLogIngester(options);
  }

  private constructor(
    private readonly options: Parameters<typeof AccessLogIngester.create>[0],
  ) {}

  /**
   * Reads all sources on from where they stand. A source that fails stops no other.
   */
  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const index = await this.options.estate.current();
    const subscriptions = index.snapshots.flatMap(
      snapshot => snapshot.estate?.accessLogSubscriptions ?? [],
    );
    const destinations = new Map(
      subscriptions.map(subscription => [
        subscription.destinationArn,
        subscription,
      ]),
    );
    await forEachConcurrently(
      destinations.values(),
      CONCURRENT_SOURCES,
      subscription => this.#readSubscription(subscription, options.signal),
    );
    for (const destinationArn of this.#sources.keys()) {
      if (!destinations.has(destinationArn)) {
        this.#sources.delete(destinationArn);
      }
    }
    await this.#prune();
  }

  #sourceOf(destinationArn: string): AccessLogSource | undefined {
    if (!this.#sources.has(destinationArn)) {
      const source = this.options.factory.create({ destinationArn });
      this.#sources.set(destinationArn, source);
    }
    return this.#sources.get(destinationArn);
  }

  async #readSubscription(
    subscription: AccessLogSubscription,
    signal?: AbortSignal,
  ): Promise<void> {
    const { store, logger } = this.options;
    const { destinationArn, accountId, region } = subscription;
    let sourceNumber: number | undefined;
    try {
      const source = this.#sourceOf(destinationArn);
      const stored = await store.ensureSource({
        id: destinationArn,
        accountId: parseArn(destinationArn)?.accountId || accountId,
        region: parseArn(destinationArn)?.region || region,
        status: source ? 'waiting' : 'unsupported',
      });
      sourceNumber = stored.number;
      if (source) {
        await this.#readSource(source, stored, signal);
      }
    } catch (error) {
      const message = stringifyError(error);
      logger.warn(`Could not read access logs ${destinationArn}: ${message}`);
      if (sourceNumber !== undefined) {
        await store.saveFailure({ sourceNumber, message, at: this.#now() });
      }
    }
  }

  async #readSource(
    source: AccessLogSource,
    stored: { number: number; cursor?: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const batches = source.read({
      cursor: stored.cursor,
      since: this.#now() - this.options.startHoursAgo * HOUR,
      signal,
    });
    for await (const batch of batches) {
      const watches = await this.options.watches();
      const pieces = [...piecesOf(batch.lines, LINES_A_TRANSACTION)];
      for (const lines of pieces.slice(0, -1)) {
        await this.options.store.store({
          sourceNumber: stored.number,
          lines: prepareLines(lines),
          watches,
        });
      }
      // The cursor goes with the last piece: after a break the whole batch comes again and is told apart.
      await this.options.store.store({
        sourceNumber: stored.number,
        lines: prepareLines(pieces.at(-1) ?? []),
        watches,
        cursor: batch.cursor,
        readUntil: Date.parse(batch.readUntil),
      });
      if (signal?.aborted) {
        return;
      }
    }
  }

  async #prune(): Promise<void> {
    const now = this.#now();
    if (now - this.#prunedAt < HOUR) {
      return;
    }
    this.#prunedAt = now;
    const { retentionDays, startHoursAgo, store } = this.options;
    await store.prune({
      recordsBefore: now - retentionDays * DAY,
      // Longer than any source may go back.
      keysBefore: now - startHoursAgo * HOUR - 2 * DAY,
    });
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
