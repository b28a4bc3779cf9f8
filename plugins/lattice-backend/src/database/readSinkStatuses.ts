import type { Knex } from 'knex';
import { optionalNumberOf } from './sql';

/** How the handing over of records to a sink goes. */
export interface SinkStatus {
  sinkId: string;
  /** Records that wait. */
  waiting: number;
  /** Milliseconds since the epoch: since when the oldest of them waits. */
  waitingSince?: number;
  /** Why the last try failed. */
  error?: { message: string; at: number };
}

/**
 * How the handing over of records goes, by sink.
 */
export async function readSinkStatuses(knex: Knex): Promise<SinkStatus[]> {
  const rows = await knex('log_record_sinks').orderBy('id');
  const waiting: any[] = await knex('log_outbox')
    .groupBy('sink_id')
    .select('sink_id')
    .sum({ records: 'records' })
    .min({ since: 'added_at' });
  return rows.map(row => {
    const ofSink = waiting.find(({ sink_id: id }) => id === row.id);
    return {
      sinkId: row.id,
      waiting: Number(ofSink?.records ?? 0),
      waitingSince: optionalNumberOf(ofSink?.since),
      error:
        row.error_message === null
          ? undefined
          : { message: row.error_message, at: Number(row.error_at) },
    };
  });
}
