import type {
  PreparedLine,
  RecordedCall,
  RecordedConnection,
  UnparsedLine,
} from './prepareLines';

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
  connections: RecordedConnection[];
  unparsed: UnparsedLine[];
  /** Number of lines that tell of what another line of the same source told before. */
  duplicates: number;
  /** Lines that tell of what another source's line told before. */
  twins: PreparedLine[];
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
    connections: [],
    unparsed: [],
    duplicates: 0,
    twins: [],
    newLines: [],
  };
  for (const line of lines) {
    const { key, lineId, timestamp } = line;
    const before = seen.get(key) ?? [];
    const ofSource = before.filter(
      other => other.sourceNumber === sourceNumber,
    );
    if (ofSource.some(other => other.lineId === lineId)) {
      continue;
    }
    seen.set(key, [...before, { sourceNumber, lineId }]);
    result.newLines.push({ key, lineId, timestamp });
    if (ofSource.length > 0) {
      result.duplicates++;
    } else if (before.length > 0) {
      result.twins.push(line);
    } else {
      addNew(result, line);
    }
  }
  return result;
}

function addNew(result: SortedLines, line: PreparedLine): void {
  switch (line.kind) {
    case 'call':
      result.calls.push(line.call);
      break;
    case 'connection':
      result.connections.push(line.connection);
      break;
    default:
      result.unparsed.push(line.line);
  }
}
