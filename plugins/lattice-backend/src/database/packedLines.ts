import {
  connectionKey,
  parseAccessLogLine,
  toRecordedCall,
} from '@lattice-portal/access-logs';
import type { AccessLogRecordBatch } from '@lattice-portal/plugin-lattice-node';
import { compress, uncompress } from './compressed';

const NEWLINE = 10;

/** A line that record sinks get. */
export interface NewLine {
  kind: 'call' | 'connection';
  /** As it was delivered, as UTF-8. */
  text: Uint8Array;
  /** The source, or the log of it, that has the line. */
  sourceId: string;
  /** Whether another line told of the same before. */
  isTwin: boolean;
}

/** What is written down of some lines, before their texts. */
interface Header {
  sourceIds: string[];
  /** Bytes of the text, number of the source's id, 1 for a twin, and 1 for a connection. */
  lines: [bytes: number, source: number, twin: number, connection: number][];
}

/** What record sinks get. */
type Records = Omit<AccessLogRecordBatch, 'id'>;

/** Lines as they are written down until they are handed over: to parse them can wait until then. */
export async function packLines(lines: readonly NewLine[]): Promise<Buffer> {
  const numbers = new Map<string, number>();
  const numberOf = (sourceId: string) => {
    const number = numbers.get(sourceId) ?? numbers.size;
    numbers.set(sourceId, number);
    return number;
  };
  const header: Header = {
    lines: lines.map(({ kind, text, sourceId, isTwin }) => [
      text.length,
      numberOf(sourceId),
      Number(isTwin),
      Number(kind === 'connection'),
    ]),
    sourceIds: [...numbers.keys()],
  };
  return compress(
    Buffer.concat([
      Buffer.from(`${JSON.stringify(header)}\n`),
      ...lines.map(({ text }) => text),
    ]),
  );
}

/** Hours that have been read, as they are written down. */
export async function packHours(hoursRead: number[]): Promise<Buffer> {
  const records: Records = { calls: [], connections: [], hoursRead };
  return compress(Buffer.from(JSON.stringify(records)));
}

/** All that was written down in some rows. */
export async function unpackRecords(
  packed: readonly Buffer[],
): Promise<Records> {
  const parts = await Promise.all(packed.map(unpackPart));
  return {
    calls: madeAnew(function* calls() {
      for (const part of parts) {
        yield* part.calls;
      }
    }),
    connections: madeAnew(function* connections() {
      for (const part of parts) {
        yield* part.connections;
      }
    }),
    hoursRead: parts.flatMap(({ hoursRead }) => hoursRead),
  };
}

async function unpackPart(packed: Buffer): Promise<Records> {
  const bytes = await uncompress(packed);
  const headerEnd = bytes.indexOf(NEWLINE);
  if (headerEnd < 0) {
    // Hours, or records as an earlier version wrote them.
    return JSON.parse(bytes.toString());
  }
  const header: Header = JSON.parse(bytes.toString('utf8', 0, headerEnd));
  const texts = bytes.subarray(headerEnd + 1);
  return {
    calls: madeAnew(() => callsIn(header, texts)),
    connections: madeAnew(() => connectionsIn(header, texts)),
    hoursRead: [],
  };
}

function* callsIn(
  header: Header,
  texts: Buffer,
): Generator<ItemOf<Records['calls']>> {
  for (const { text, sourceId, isTwin } of linesIn(header, texts, 'call')) {
    const parsed = parseAccessLogLine(text);
    if (!parsed.ok || parsed.kind !== 'service') {
      throw new RangeError(`A line that was a call is none: ${text}`);
    }
    const { caller, ...call } = toRecordedCall(parsed.record);
    yield { ...call, sourceId, isTwin, callerId: caller.id };
  }
}

function* connectionsIn(
  header: Header,
  texts: Buffer,
): Generator<ItemOf<Records['connections']>> {
  const lines = linesIn(header, texts, 'connection');
  for (const { text, sourceId, isTwin } of lines) {
    const parsed = parseAccessLogLine(text);
    if (!parsed.ok || parsed.kind !== 'resource') {
      throw new RangeError(`A line that was a connection is none: ${text}`);
    }
    const { record } = parsed;
    yield { key: connectionKey(record), sourceId, isTwin, record };
  }
}

function* linesIn(
  { lines, sourceIds }: Header,
  texts: Buffer,
  kind: NewLine['kind'],
): Generator<{ text: string; sourceId: string; isTwin: boolean }> {
  let start = 0;
  for (const [length, source, twin, connection] of lines) {
    const end = start + length;
    if ((connection === 1) === (kind === 'connection')) {
      yield {
        text: texts.toString('utf8', start, end),
        sourceId: sourceIds[source],
        isTwin: twin === 1,
      };
    }
    start = end;
  }
}

type ItemOf<Items> = Items extends Iterable<infer Item> ? Item : never;

/** What is made each time it is gone through. */
function madeAnew<Item>(make: () => Generator<Item>): Iterable<Item> {
  return { [Symbol.iterator]: make };
}
