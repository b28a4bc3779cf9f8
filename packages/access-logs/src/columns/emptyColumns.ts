import { KEY_WORDS, LINE_ID_WORDS, type RecordColumns } from './RecordColumns';

/** Columns with something of each line. */
const lineColumns = [
  'kinds',
  'times',
  'keys',
  'lineIds',
  'services',
  'networks',
  'callers',
  'vpcs',
  'outcomes',
  'durations',
  'textEnds',
] as const;

/** Columns with room for as many lines, and none in them. */
export function emptyColumns(lines: number): RecordColumns {
  return {
    size: 0,
    kinds: new Uint8Array(lines),
    times: new Float64Array(lines),
    keys: new Uint32Array(lines * KEY_WORDS),
    lineIds: new Uint32Array(lines * LINE_ID_WORDS),
    services: new Uint32Array(lines),
    networks: new Uint32Array(lines),
    callers: new Uint32Array(lines),
    vpcs: new Uint32Array(lines),
    outcomes: new Uint8Array(lines),
    durations: new Float64Array(lines),
    serviceArns: [],
    networkArns: [],
    callerList: [],
    vpcIds: [],
    deniedCalls: [],
    texts: new Uint8Array(0),
    textEnds: new Uint32Array(lines),
    asides: [],
  };
}

/** Makes room for as many lines. */
export function growLines(columns: RecordColumns, lines: number): void {
  const larger = emptyColumns(lines);
  for (const name of lineColumns) {
    larger[name].set(columns[name] as never);
    columns[name] = larger[name] as never;
  }
}

/** The memory of columns, to be handed to another thread. */
export function buffersOf(columns: RecordColumns): ArrayBuffer[] {
  return [...lineColumns, 'texts' as const].map(
    name => columns[name].buffer as ArrayBuffer,
  );
}
