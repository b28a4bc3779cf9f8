import type { StoreGap } from '@lattice-portal/access-log-store';
import type { Knex } from 'knex';
import { readLogSources } from '../database/readLogSources';
import { readSinkStatuses } from '../database/readSinkStatuses';
import type { TimeRange } from '../database/TrafficStore';
import { RecordStoreSink } from './RecordStoreSink';
import { sourceGapsOf } from './sourceGapsOf';

/**
 * What the store of all records may lack of a time, by what ingest knows.
 */
export async function readSourceGaps(
  knex: Knex,
  span: TimeRange,
): Promise<StoreGap[]> {
  const sinks = await readSinkStatuses(knex);
  return sourceGapsOf({
    sources: await readLogSources(knex),
    sink: sinks.find(({ sinkId }) => sinkId === RecordStoreSink.id),
    span,
    now: Date.now(),
  });
}
