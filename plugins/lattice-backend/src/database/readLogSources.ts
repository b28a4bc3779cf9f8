import type { Knex } from 'knex';
import type { StoredLogSourceStatus } from './IngestStore';
import { toLogSource } from './toLogSource';

/**
 * All log sources that were ever found, with their counters.
 */
export async function readLogSources(
  knex: Knex,
): Promise<StoredLogSourceStatus[]> {
  const rows = await knex('log_sources').orderBy('id');
  return rows.map(toLogSource);
}
