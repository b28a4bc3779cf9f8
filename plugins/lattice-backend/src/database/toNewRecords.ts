import type { RecordedCall } from '@lattice-portal/access-logs';
import { Novelty } from '../ingest/SeenTable';
import {
  callsOf,
  connectionsOf,
  type SortedLines,
} from '../ingest/SortedLines';
import type { NewRecords } from './RecordOutbox';

/**
 * What record sinks get of new lines: those that count, and those that tell of the same as another source's.
 */
export function toNewRecords(
  lines: readonly SortedLines[],
  sourceId: string,
): NewRecords {
  const records: NewRecords = { calls: [], connections: [], hoursRead: [] };
  for (const novelty of [Novelty.New, Novelty.Twin]) {
    const isTwin = novelty === Novelty.Twin;
    for (const call of callsOf(lines, novelty)) {
      records.calls.push(toCall(call, { sourceId, isTwin }));
    }
    for (const { key, record } of connectionsOf(lines, novelty)) {
      records.connections.push({ key, sourceId, isTwin, record });
    }
  }
  return records;
}

function toCall(
  call: RecordedCall,
  of: { sourceId: string; isTwin: boolean },
): NewRecords['calls'][number] {
  return {
    key: call.key,
    ...of,
    record: call.record,
    outcome: call.outcome,
    callerId: call.caller.id,
  };
}
