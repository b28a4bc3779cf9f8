import type { RecordedCall, RecordedConnection } from '../ingest/prepareLines';
import type { SortedLines } from '../ingest/sortOut';
import type { NewRecords } from './RecordOutbox';

/**
 * What record sinks get of new lines: those that count, and those that tell of the same as another source's.
 */
export function toNewRecords(
  sorted: Pick<SortedLines, 'calls' | 'connections' | 'twins'>,
  sourceId: string,
): NewRecords {
  const toCall = (call: RecordedCall, isTwin: boolean) => ({
    key: call.key,
    sourceId,
    isTwin,
    record: call.record,
    outcome: call.outcome,
    callerId: call.caller.id,
  });
  const toConnection = (
    { key, record }: RecordedConnection,
    isTwin: boolean,
  ) => ({ key, sourceId, isTwin, record });
  const records: NewRecords = {
    calls: sorted.calls.map(call => toCall(call, false)),
    connections: sorted.connections.map(connection =>
      toConnection(connection, false),
    ),
    hoursRead: [],
  };
  for (const line of sorted.twins) {
    if (line.kind === 'call') {
      records.calls.push(toCall(line.call, true));
    } else if (line.kind === 'connection') {
      records.connections.push(toConnection(line.connection, true));
    }
  }
  return records;
}
