import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import type { EstateStore, StoredEstate } from './EstateStore';

const TABLE = 'estate_snapshots';
const KEY = ['account_id', 'region'];

/**
 * Keeps the estate in the plugin's database.
 */
export class DatabaseEstateStore implements EstateStore {
  /** Parsed copies: a snapshot is megabytes in a large account and read far more often than it changes. */
  readonly #parsed = new Map<
    string,
    { readAt: number; estate: AccountEstate }
  >();

  static create(options: { knex: Knex }): DatabaseEstateStore {
    return new DatabaseEstateStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async saveRead(options: {
    estate: AccountEstate;
    at: number;
  }): Promise<void> {
    const { estate, at } = options;
    await this.knex(TABLE)
      .insert({
        account_id: estate.accountId,
        region: estate.region,
        read_at: at,
        estate: JSON.stringify(estate),
        error_message: null,
        error_at: null,
      })
      .onConflict(KEY)
      .merge();
  }

  async saveFailure(options: {
    accountId: string;
    region: string;
    message: string;
    at: number;
  }): Promise<void> {
    const { accountId, region, message, at } = options;
    await this.knex(TABLE)
      .insert({
        account_id: accountId,
        region,
        error_message: message,
        error_at: at,
      })
      .onConflict(KEY)
      .merge(['error_message', 'error_at']);
  }

  async list(): Promise<StoredEstate[]> {
    const rows = await this.knex(TABLE).select(
      'account_id',
      'region',
      'read_at',
      'error_message',
      'error_at',
    );
    const result: StoredEstate[] = [];
    for (const row of rows) {
      const readAt = row.read_at === null ? undefined : Number(row.read_at);
      result.push({
        accountId: row.account_id,
        region: row.region,
        readAt,
        estate:
          readAt === undefined
            ? undefined
            : await this.#estate(row.account_id, row.region, readAt),
        error:
          row.error_message === null
            ? undefined
            : { message: row.error_message, at: Number(row.error_at) },
      });
    }
    return result;
  }

  async #estate(
    accountId: string,
    region: string,
    readAt: number,
  ): Promise<AccountEstate | undefined> {
    const key = `${accountId}/${region}`;
    const kept = this.#parsed.get(key);
    if (kept?.readAt === readAt) {
      return kept.estate;
    }
    const row = await this.knex(TABLE)
      .where({ account_id: accountId, region })
      .first('read_at', 'estate');
    if (!row?.estate) {
      return undefined;
    }
    const estate: AccountEstate = JSON.parse(row.estate);
    this.#parsed.set(key, { readAt: Number(row.read_at), estate });
    return estate;
  }
}
