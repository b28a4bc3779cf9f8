import type { Knex } from 'knex';
import type { AccessLogRecordSink } from '@lattice-portal/plugin-lattice-node';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { RecordOutbox } from '../database/RecordOutbox';

/**
 * A store of access logs that hands records to the given sinks.
 */
export function createStore(
  knex: Knex,
  sinks: AccessLogRecordSink[] = [],
): DatabaseIngestStore {
  const outbox = RecordOutbox.create({ knex, sinks });
  return DatabaseIngestStore.create({ knex, outbox });
}
