import { join, resolve } from 'node:path';
import type { AccessLogStore } from '../AccessLogStore';
import { RecordFiles } from '../files/RecordFiles';
import type { StoreGap } from '../types';
import { ParquetAccessLogStore } from '../store/ParquetAccessLogStore';
import { DuckDbEngine } from './DuckDbEngine';
import { DuckDbPool } from './DuckDbPool';
import { LocalFolder } from './LocalFolder';
import { ParquetWriter } from './ParquetWriter';
import { childSettings } from './childSettings';

/** Where the embedded store keeps its files, and what it may use. */
export interface EmbeddedStoreOptions {
  /** Folder of the files; made when first written to. */
  directory: string;
  /** What DuckDB aims at in each process, in megabytes. A process that has twice as much is ended. */
  memoryLimit: number;
  /** Threads of each process. */
  threads: number;
  /** Questions and writes at the same time, each in a process of its own; more wait. */
  processes: number;
  /** Seconds that a question may take. */
  timeoutSeconds: number;
  sourceGaps?: (span: { from: number; to: number }) => Promise<StoreGap[]>;
  now?: () => number;
}

/** A store in a folder of this machine, asked through DuckDB. */
export function createEmbeddedStore(options: EmbeddedStoreOptions): {
  store: AccessLogStore;
  pool: DuckDbPool;
} {
  const { processes, timeoutSeconds, sourceGaps, now } = options;
  const root = resolve(options.directory);
  const folder = new LocalFolder(root);
  const scratch = join(root, '.unfinished');
  const pool = new DuckDbPool({
    settings: childSettings({ ...options, folder: root, scratch }),
    size: processes,
  });
  const store = ParquetAccessLogStore.create({
    files: new RecordFiles(folder),
    writer: new ParquetWriter({ pool, scratch }),
    engine: new DuckDbEngine({ pool, pathOf: key => folder.pathOf(key) }),
    sourceGaps,
    timeout: timeoutSeconds * 1000,
    grace: 2 * timeoutSeconds * 1000,
    now,
  });
  return { store, pool };
}
