import type { AccessLogStore } from '@lattice-portal/access-log-store';
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
      calls: batch.calls.map(({ key, sourceId, isTwin, record, outcome }) => ({
        key,
        source: sourceId,
        twin: isTwin,
        record,
        outcome,
        caller: callerOf(record),
      })),
      connections: batch.connections.map(
        ({ key, sourceId, isTwin, record }) => ({
          key,
          source: sourceId,
          twin: isTwin,
          record,
        }),
      ),
      hoursRead: batch.hoursRead,
    });
  }
}
