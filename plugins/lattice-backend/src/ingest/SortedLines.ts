import {
  callAt,
  type DeniedCall,
  type RecordColumns,
  type RecordedCall,
  recordKinds,
} from '@lattice-portal/access-logs';
import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import { type LineLogs, logAt } from './LineLogs';
import { Novelty } from './SeenTable';

export const CALL = recordKinds.indexOf('call');
const CONNECTION = recordKinds.indexOf('connection');

/** By number of the outcome. */
export const isDeniedNumber = outcomes.map(isDenied);

/**
 * Lines with what they are to those before them.
 */
export interface SortedLines {
  columns: RecordColumns;
  /** A {@link Novelty} a line. */
  novelties: Uint8Array;
  /** Absent: of the only log that is delivered to the source, or it can't be told. */
  logs?: LineLogs;
}

/** Which of a source's logs told of something. Absent: the only one, or it can't be told. */
interface OfLog {
  log?: string;
}

/** How many lines there are of what. */
export interface LineCounts {
  calls: number;
  connections: number;
  unparsed: number;
  /** Lines that tell of what another line of the same log told before. */
  duplicates: number;
  /** Lines that tell of what another log's line told before. */
  twins: number;
}

export function countLines(lines: readonly SortedLines[]): LineCounts {
  const counts = {
    calls: 0,
    connections: 0,
    unparsed: 0,
    duplicates: 0,
    twins: 0,
  };
  for (const { columns, novelties } of lines) {
    for (let at = 0; at < columns.size; at++) {
      switch (novelties[at]) {
        case Novelty.New:
          if (columns.kinds[at] === CALL) {
            counts.calls++;
          } else if (columns.kinds[at] === CONNECTION) {
            counts.connections++;
          } else {
            counts.unparsed++;
          }
          break;
        case Novelty.Duplicate:
          counts.duplicates++;
          break;
        case Novelty.Twin:
          counts.twins++;
          break;
        default:
      }
    }
  }
  return counts;
}

/** The records of calls, as far as they are of such a novelty and fit. */
export function* callsOf(
  lines: readonly SortedLines[],
  novelty: Novelty,
  fits: (columns: RecordColumns, at: number) => boolean = () => true,
): Generator<RecordedCall & OfLog> {
  for (const { columns, novelties, logs } of lines) {
    for (let at = 0; at < columns.size; at++) {
      if (
        novelties[at] === novelty &&
        columns.kinds[at] === CALL &&
        fits(columns, at)
      ) {
        yield { ...callAt(columns, at), log: logAt(logs, at) };
      }
    }
  }
}

/** Denied calls, as far as they are of such a novelty. */
export function* deniedCallsOf(
  lines: readonly SortedLines[],
  novelty: Novelty,
): Generator<DeniedCall & OfLog> {
  for (const { columns, novelties, logs } of lines) {
    for (const denied of columns.deniedCalls) {
      if (novelties[denied.at] === novelty) {
        yield { ...denied, log: logAt(logs, denied.at) };
      }
    }
  }
}
