import type { PreparedLine, RecordedCall, UnparsedLine } from './prepareLines';

/**
 * Where a call was recorded before.
 */
export interface SeenLine {
  sourceNumber: number;
  lineId: string;
}

/**
 * The lines of one batch that are new, by what they are. Lines that were merely read again are left out.
 */
export interface SortedLines {
  calls: RecordedCall[];
  unparsed: UnparsedLine[];
  /** Calls that another line of the same source told of before. */
  duplicates: number;
  /** Calls another source's line told of before. */
  twins: number;
  /** All of them: the next time they are known. */
  newLines: { key: string; lineId: string; timestamp: number }[];
}

/**
 * Sorts out what came before.
 *
 * @param options - `seen`: where each key was seen before
 */
export function sortOut(options: {
  lines: PreparedLine[];
  sourceNumber: number;
  seen: ReadonlyMap<string, readonly SeenLine[]>;
}): SortedLines {
  const { lines, sourceNumber } = options;
  const seen = new Map(options.seen);
  const result: SortedLines = {
    calls: [],
    unparsed: [],
    duplicates: 0,
    twins: 0,
    newLines: [],
  };
  for (const line of lines) {
    const { key, lineId } = line;
    const before = seen.get(key) ?? [];
    const ofSource = before.filter(
      other => other.sourceNumber === sourceNumber,
    );
    if (ofSource.some(other => other.lineId === lineId)) {
      continue;
    }
    seen.set(key, [...before, { sourceNumber, lineId }]);
    result.newLines.push({ key, lineId, timestamp: timestampOf(line) });
    if (ofSource.length > 0) {
      result.duplicates++;
    } else if (before.length > 0) {
      result.twins++;
    } else if (line.kind === 'call') {
      result.calls.push(line.call);
    } else {
      result.unparsed.push(line.line);
    }
  }
  return result;
}

function timestampOf(line: PreparedLine): number {
  return line.kind === 'call'
    ? line.call.record.timestamp
    : line.line.timestamp;
}
