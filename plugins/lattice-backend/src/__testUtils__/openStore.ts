import {
  type AccessLogStore,
  createAccessLogStore,
  type StoreGap,
} from '@lattice-portal/access-log-store';

/**
 * A store of all records in a folder, read and written by DuckDB.
 */
export async function openStore(
  directory: string,
  sourceGaps?: (span: { from: number; to: number }) => Promise<StoreGap[]>,
): Promise<AccessLogStore> {
  return createAccessLogStore({
    config: {
      type: 'embedded',
      directory,
      memoryLimit: 128,
      threads: 1,
      processes: 1,
      timeoutSeconds: 60,
    },
    sourceGaps,
    clients: async () => {
      throw new Error('An embedded store needs no client');
    },
  });
}
