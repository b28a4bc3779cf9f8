import {
  type AccessLogSubscription,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogSource,
  AccessLogSourceFactory,
} from '@lattice-portal/plugin-lattice-node';
import type { IngestStore, StoredLogSource } from '../database/IngestStore';
import type { EstateService } from '../estate/EstateService';
import { knowsSubscriptions } from './knowsSubscriptions';

/** So long, in milliseconds, an ended source is tried that can't be read. */
const PATIENCE = 2 * 24 * 60 * 60 * 1000;

/** A source with where it stands. */
export interface SourceToRead {
  source: AccessLogSource;
  stored: StoredLogSource;
  /** Of the resources whose logs are delivered there. */
  resourceIds: readonly string[];
  /** Whether no subscription delivers there any more: what had been delivered by then is still to be read. */
  isEnded: boolean;
}

/**
 * Finds the sources of all access-log subscriptions of the estate, and keeps them from run to run.
 */
export class SourceDiscovery {
  /** By subscription: a source knows what it gave lately. */
  readonly #sources = new Map<string, AccessLogSource | undefined>();

  static create(options: {
    estate: EstateService;
    factory: AccessLogSourceFactory;
    store: IngestStore;
    now: () => number;
  }): SourceDiscovery {
    return new SourceDiscovery(options);
  }

  private constructor(
    private readonly options: Parameters<typeof SourceDiscovery.create>[0],
  ) {}

  /**
   * The sources of all subscriptions, each once, and those that have ended and were not read to their end.
   *
   * @returns `areAll`: false if there may be others, as not all of the estate could be read
   */
  async discover(): Promise<{ sources: SourceToRead[]; areAll: boolean }> {
    const { estate, store, now } = this.options;
    const index = await estate.current();
    const subscriptions = index.snapshots.flatMap(
      snapshot => snapshot.estate?.accessLogSubscriptions ?? [],
    );
    const { found, unsupported } = this.#sourcesOf(subscriptions);
    for (const subscription of unsupported) {
      await this.#noteUnsupported(subscription);
    }
    const sources: SourceToRead[] = [];
    for (const { source, deliveredBy } of found.values()) {
      const { id, accountId, region } = source;
      const resourceIds = resourceIdsOf(deliveredBy);
      const stored = await store.ensureSource({
        id,
        accountId,
        region,
        status: 'waiting',
        subscriptions: resourceIds.length,
        deliveredBy: deliveredBy.sort(byArn),
      });
      sources.push({ source, stored, resourceIds, isEnded: false });
    }
    const areAll = index.snapshots.every(knowsSubscriptions);
    if (areAll) {
      const destinations = unsupported.map(
        ({ destinationArn }) => destinationArn,
      );
      const subscribed = [...found.keys(), ...destinations];
      await store.noteEnded({ subscribed, at: now() });
    }
    const ended = await store.endedSources({ failingSince: now() - PATIENCE });
    for (const { deliveredBy, ...stored } of ended) {
      const source = this.#sourcesOf(deliveredBy).found.get(stored.id)?.source;
      if (source) {
        const resourceIds = resourceIdsOf(deliveredBy);
        sources.push({ source, stored, resourceIds, isEnded: true });
      }
    }
    this.#keepOnly([
      ...subscriptions,
      ...ended.flatMap(({ deliveredBy }) => deliveredBy),
    ]);
    return { sources, areAll };
  }

  /** A source knows what it gave. What was not stored has to come again, so it has to be another. */
  forget(source: AccessLogSource): void {
    for (const [key, known] of this.#sources) {
      if (known === source) {
        this.#sources.delete(key);
      }
    }
  }

  /** Sources by their ids, with the subscriptions that deliver there. */
  #sourcesOf(subscriptions: readonly AccessLogSubscription[]) {
    const found = new Map<
      string,
      { source: AccessLogSource; deliveredBy: AccessLogSubscription[] }
    >();
    const unsupported: AccessLogSubscription[] = [];
    for (const subscription of subscriptions) {
      const source = this.#sourceOf(subscription);
      if (source) {
        const known = found.get(source.id) ?? { source, deliveredBy: [] };
        known.deliveredBy.push(subscription);
        found.set(source.id, known);
      } else {
        unsupported.push(subscription);
      }
    }
    return { found, unsupported };
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

  #keepOnly(subscriptions: readonly AccessLogSubscription[]): void {
    const known = new Set(subscriptions.map(keyOf));
    for (const key of this.#sources.keys()) {
      if (!known.has(key)) {
        this.#sources.delete(key);
      }
    }
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
}

function resourceIdsOf(
  subscriptions: readonly AccessLogSubscription[],
): readonly string[] {
  const ids = subscriptions.map(
    ({ resourceArn }) => resourceArn.split('/').pop() ?? resourceArn,
  );
  return [...new Set(ids)];
}

function keyOf(subscription: AccessLogSubscription): string {
  const { arn, destinationArn, resourceArn } = subscription;
  return JSON.stringify([arn, destinationArn, resourceArn]);
}

function byArn(
  one: AccessLogSubscription,
  other: AccessLogSubscription,
): number {
  return one.arn < other.arn ? -1 : 1;
}
