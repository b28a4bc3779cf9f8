import type {
  AccessLogStore,
  StoredCall,
  StoredConnection,
} from '@lattice-portal/access-log-store';
import { callerOf } from '@lattice-portal/access-logs';
import type {
  AccessLogRecordBatch,
  AccessLogRecordSink,
} from '@lattice-portal/plugin-lattice-node';

/**
 * Writes every record to the store of all access log records.
 */
export class RecordStoreSink implements AccessLogRecordSink {
  static readonly id = 'access-log-store';

  static create(options: {
    records: Pick<AccessLogStore, 'append'>;
  }): RecordStoreSink {
    return new RecordStoreSink(options.records);
  }

  readonly id = RecordStoreSink.id;

  private constructor(
    private readonly records: Pick<AccessLogStore, 'append'>,
  ) {}

  async put(batch: AccessLogRecordBatch): Promise<void> {
    await this.records.append({
      id: batch.id,
      calls: callsOf(batch),
      connections: connectionsOf(batch),
      hoursRead: batch.hoursRead,
    });
  }
}

function* callsOf(batch: AccessLogRecordBatch): Generator<StoredCall> {
  for (const { key, sourceId, isTwin, record, outcome } of batch.calls) {
    const caller = callerOf(record);
    yield { key, source: sourceId, twin: isTwin, record, outcome, caller };
  }
}

function* connectionsOf(
  batch: AccessLogRecordBatch,
): Generator<StoredConnection> {
  for (const { key, sourceId, isTwin, record } of batch.connections) {
    yield { key, source: sourceId, twin: isTwin, record };
  }
}
