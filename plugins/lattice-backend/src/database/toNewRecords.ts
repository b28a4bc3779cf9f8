import { Novelty } from '../ingest/SeenTable';
import {
  callsOf,
  connectionsOf,
  type SortedLines,
} from '../ingest/SortedLines';
import { logIdOf } from './logIdOf';
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
      const { key, record, outcome, caller, log } = call;
      records.calls.push({
        key,
        sourceId: logIdOf({ sourceId, log }),
        isTwin,
        record,
        outcome,
        callerId: caller.id,
      });
    }
    for (const { key, record, log } of connectionsOf(lines, novelty)) {
      const of = logIdOf({ sourceId, log });
      records.connections.push({ key, sourceId: of, isTwin, record });
    }
  }
  return records;
}
