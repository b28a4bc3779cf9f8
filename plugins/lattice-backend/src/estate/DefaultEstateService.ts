import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import type {
  EstateReader,
  LatticeAccount,
} from '@lattice-portal/plugin-lattice-node';
import type { EstateStore } from '../database/EstateStore';
import { forEachConcurrently } from '../util/forEachConcurrently';
import { EstateIndex } from './EstateIndex';
import type { EstateService } from './EstateService';
import type { PolicyRecorder } from './PolicyRecorder';
import { keepLastGood } from './keepLastGood';
import { snapshotOf } from './snapshotOf';

const CONCURRENT_READS = 5;

/**
 * Reads the estate through an {@link EstateReader} and keeps it in the database.
 */
export class DefaultEstateService implements EstateService {
  #index?: { key: string; index: EstateIndex };

  static create(options: {
    accounts: readonly LatticeAccount[];
    reader: EstateReader;
    store: EstateStore;
    policies: PolicyRecorder;
    logger: LoggerService;
    /** Milliseconds after which a copy counts as stale. */
    staleAfter: number;
    now?: () => number;
  }): DefaultEstateService {
    return new DefaultEstateService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof DefaultEstateService.create>[0],
  ) {}

  async refreshAll(options: { signal?: AbortSignal } = {}): Promise<void> {
    const places = this.options.accounts.flatMap(({ accountId, regions }) =>
      regions.map(region => ({ accountId, region })),
    );
    await forEachConcurrently(places, CONCURRENT_READS, place =>
      this.refresh({ ...place, signal: options.signal }),
    );
  }

  async refresh(options: {
    accountId: string;
    region: string;
    signal?: AbortSignal;
  }): Promise<void> {
    const { accountId, region } = options;
    const { reader, store, policies, logger } = this.options;
    const at = this.#now();
    try {
      const estate = await reader.read(options);
      // What is kept from before tells nothing of policies.
      const gaps = await policies.record({ estate, at });
      const whole = await this.#withLastGood(estate);
      await store.saveRead({
        estate: { ...whole, gaps: [...whole.gaps, ...gaps] },
        at,
      });
    } catch (error) {
      const message = stringifyError(error);
      logger.warn(`Could not read ${accountId} in ${region}: ${message}`);
      await store.saveFailure({ accountId, region, message, at });
    }
  }

  async #withLastGood(fresh: AccountEstate): Promise<AccountEstate> {
    if (fresh.gaps.length === 0) {
      return fresh;
    }
    const { accountId, region } = fresh;
    const last = (await this.options.store.list()).find(
      stored => stored.accountId === accountId && stored.region === region,
    );
    return last?.estate && last.readAt !== undefined
      ? keepLastGood({
          fresh,
          last: last.estate,
          lastReadAt: new Date(last.readAt).toISOString(),
        })
      : fresh;
  }

  async current(): Promise<EstateIndex> {
    const { accounts, store, staleAfter } = this.options;
    const stored = await store.list();
    const now = this.#now();
    const snapshots = accounts.flatMap(account =>
      account.regions.map(region =>
        snapshotOf({
          account,
          region,
          stored: stored.find(
            place =>
              place.accountId === account.accountId && place.region === region,
          ),
          now,
          staleAfter,
        }),
      ),
    );
    const key = JSON.stringify(
      snapshots.map(({ estate: _, gaps: __, ...freshness }) => freshness),
    );
    if (this.#index?.key !== key) {
      this.#index = { key, index: EstateIndex.create({ accounts, snapshots }) };
    }
    return this.#index.index;
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
