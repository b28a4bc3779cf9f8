import { join } from 'node:path';
import type { ChildSettings } from './duckDbChild';

const MEGABYTE = 1024 * 1024;
/** DuckDB's peak is above its limit; the process itself takes some too. */
const OWN_MEGABYTES = 256;

/** What DuckDB's processes may use. */
export function childSettings(options: {
  folder: string;
  scratch: string;
  /** Megabytes. */
  memoryLimit: number;
  threads: number;
}): ChildSettings {
  const { folder, scratch, memoryLimit, threads } = options;
  return {
    memoryLimit: `${memoryLimit}MB`,
    maxResidentBytes: (2 * memoryLimit + OWN_MEGABYTES) * MEGABYTE,
    threads,
    folders: [...new Set([folder, scratch])],
    spill: join(scratch, 'spill'),
  };
}
