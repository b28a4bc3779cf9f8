import type { AccessLogStore } from '../../AccessLogStore';
import type { StoreGap } from '../../types';

/** A store that a test may do with what it likes. */
export interface TestStore {
  store: AccessLogStore;
  /** Keys of all Parquet files that are there, also those that don't count. */
  keys(): Promise<string[]>;
  /** Puts a file beside the store's own. */
  putStranger(key: string): Promise<void>;
}

/** Makes an empty store. */
export type CreateTestStore = (given: {
  now: () => number;
  sourceGaps?: () => Promise<StoreGap[]>;
}) => Promise<TestStore>;
