import type { StoreGap } from '@lattice-portal/access-log-store';
import type { Knex } from 'knex';
import { readLogSources } from '../database/readLogSources';
import { readSinkStatuses } from '../database/readSinkStatuses';
import type { TimeRange } from '../database/TrafficStore';
import { RecordStoreSink } from './RecordStoreSink';
import { type LogStart, lateStartsOf } from './lateStartsOf';
import { sourceGapsOf } from './sourceGapsOf';

/**
 * What the store of all records may lack of a time, by what ingest knows.
 */
export async function readSourceGaps(
  knex: Knex,
  span: TimeRange,
): Promise<StoreGap[]> {
  const sinks = await readSinkStatuses(knex);
  const gaps = sourceGapsOf({
    sources: await readLogSources(knex),
    sink: sinks.find(({ sinkId }) => sinkId === RecordStoreSink.id),
    span,
    now: Date.now(),
  });
  return [...gaps, ...lateStartsOf({ starts: await readStarts(knex), span })];
}

/** Of all logs that were read yet. */
async function readStarts(knex: Knex): Promise<LogStart[]> {
  const rows = await knex('log_sources')
    .whereNotNull('read_from')
    .orderBy('id')
    .select('id', 'read_from');
  return rows.map(row => ({ id: row.id, readFrom: Number(row.read_from) }));
}
