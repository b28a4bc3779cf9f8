import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';

/**
 * What is kept of one account and region.
 */
export interface StoredEstate {
  accountId: string;
  region: string;
  /** Milliseconds since the epoch, of the last good read. */
  readAt?: number;
  estate?: AccountEstate;
  /** The last try, where it failed. */
  error?: { message: string; at: number };
}

/**
 * Keeps the last good copy of every account and region.
 */
export interface EstateStore {
  saveRead(options: { estate: AccountEstate; at: number }): Promise<void>;
  /** Leaves the last good copy as it is. */
  saveFailure(options: {
    accountId: string;
    region: string;
    message: string;
    at: number;
  }): Promise<void>;
  /** Everything kept. */
  list(): Promise<StoredEstate[]>;
}
