import type { Knex } from 'knex';
import type { AccessLogRecordSink } from '@lattice-portal/plugin-lattice-node';
import { DatabaseAccessLogStore } from '../database/DatabaseAccessLogStore';
import { RecordOutbox } from '../database/RecordOutbox';

/**
 * A store of access logs that hands records to the given sinks.
 */
export function createStore(
  knex: Knex,
  sinks: AccessLogRecordSink[] = [],
): DatabaseAccessLogStore {
  const outbox = RecordOutbox.create({ knex, sinks });
  return DatabaseAccessLogStore.create({ knex, outbox });
}
