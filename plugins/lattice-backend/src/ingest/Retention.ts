import type { LatticeConfig } from '@lattice-portal/plugin-lattice-node';
import type { IngestStore } from '../database/IngestStore';
import type { AccessRequestStore } from '../database/AccessRequestStore';
import type { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import { keptSince } from '../util/keptSince';
import { openProofs } from './openProofs';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** The calls of an object are before its delivery, and a search for late ones takes its time. */
const LATE = 2 * DAY;

/**
 * Forgets what is older than it has to be kept, but nothing that an open access request was proven on.
 */
export class Retention {
  static create(options: {
    store: DatabaseRetentionStore;
    ingest: Pick<IngestStore, 'sources'>;
    accessRequests: Pick<AccessRequestStore, 'list'>;
    config: Pick<
      LatticeConfig['accessLogs'],
      'startHoursAgo' | 'lateDays' | 'retention'
    >;
    now?: () => number;
  }): Retention {
    return new Retention(options);
  }

  private constructor(
    private readonly options: Parameters<typeof Retention.create>[0],
  ) {}

  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { store, accessRequests, config } = this.options;
    const { retention } = config;
    const now = this.options.now?.() ?? Date.now();
    const before = (days: number) => keptSince({ days, now });
    await store.prune({
      before: {
        deniedRequests: before(retention.deniedRequestDays),
        outcomes: before(retention.outcomeDays),
        edges: before(retention.edgeDays),
        causes: before(retention.causeDays),
        unparsedLines: before(retention.unparsedLineDays),
        seenLines: await this.#seenBefore(now),
      },
      proofs: await openProofs(accessRequests),
      signal: options.signal,
    });
  }

  /**
   * Lines are known for as long as one that tells of the same may come: until every source has passed
   * their time, and objects are no more searched for that come late. A source that stands still for ever
   * does not keep them for ever.
   */
  async #seenBefore(now: number): Promise<number> {
    const { ingest, config } = this.options;
    const start = now - config.startHoursAgo * HOUR;
    const kept = now - Math.max(...Object.values(config.retention)) * DAY;
    const reached = (await ingest.sources()).flatMap(({ readUntil }) =>
      readUntil === undefined ? [] : [Date.parse(readUntil)],
    );
    const passed = Math.max(Math.min(start, kept), Math.min(start, ...reached));
    return Math.min(passed, now - config.lateDays * DAY) - LATE;
  }
}
