import { type Line, LineSplitter } from './LineSplitter';
import { unpackText } from './unpackText';
import { type Unwrapped, unwrapLine } from './unwrapLine';

/** Records that stand at one place of a log object: mostly one. */
export interface AccessLogPiece {
  /** The records, taken out of what is wrapped around them. */
  records: Unwrapped[];
  /** Why the first of them is kept aside, its start only: it is longer than can be read. */
  tooLong?: string;
  /** Bytes of the unpacked text from its start to the end of this piece: reading can go on there. */
  end: number;
}

/**
 * How the reading of a log object ended.
 *
 * @public
 */
export interface AccessLogObjectEnd {
  /** Bytes that were read, before unpacking. */
  bytes: number;
  /** Why not all of it was read, in words; what could be read was given. Absent: all of it was. */
  problem?: string;
}

/**
 * Reads an object that access logs were delivered in, of whatever size, from its start or from where
 * reading stopped.
 *
 * @remarks
 * gzip is told by the first bytes. Records may stand on lines of their own, one behind the other without
 * a newline as Firehose writes them, or in batches of log events. Holds 32 MB at most, and no more than
 * a few as long as lines are short; the next text is fetched when the last pieces have been taken.
 *
 * @param options - `open`: the object's bytes from their start; called again where gzip data has a
 * fault. `size`: of the object in bytes. `from`: `end` of the last piece that was dealt with. `parse`:
 * what a line holds that is a record by itself; absent: its JSON
 * @returns pieces, as they come; last of all how reading ended
 * @throws what reading the bytes throws
 */
export async function* readAccessLogObject(options: {
  open: () => AsyncIterable<Uint8Array>;
  size?: number;
  from?: number;
  parse?: (text: string) => unknown;
}): AsyncGenerator<AccessLogPiece[], AccessLogObjectEnd> {
  const { from = 0, parse } = options;
  let pieces: AccessLogPiece[] = [];
  let tooLong: Line | undefined;
  let position = from;
  const splitter = new LineSplitter(line => {
    if (line.isTooLong) {
      tooLong = line;
      return;
    }
    const end = from + line.end;
    const records = unwrapLine(line.text, parse);
    pieces.push(pieceOf({ tooLong, records, end }));
    tooLong = undefined;
    position = end;
  });
  const text = unpackText(options);
  let skipped = from;
  let next = await text.next();
  try {
    while (!next.done) {
      const start = Math.min(skipped, next.value.length);
      skipped -= start;
      splitter.write(next.value.subarray(start));
      if (pieces.length > 0) {
        yield pieces;
        pieces = [];
      }
      next = await text.next();
    }
  } finally {
    if (!next.done) {
      await text.return(undefined as never);
    }
  }
  splitter.end();
  if (tooLong) {
    // Where the line ends is known only now: nothing of it is to be read again.
    pieces.push(pieceOf({ tooLong, records: [], end: position + 1 }));
  }
  if (pieces.length > 0) {
    yield pieces;
  }
  const { bytes, problem } = next.value;
  return { bytes, problem };
}

function pieceOf(options: {
  tooLong?: Line;
  records: Unwrapped[];
  end: number;
}): AccessLogPiece {
  const { tooLong, records, end } = options;
  return tooLong
    ? {
        records: [{ text: tooLong.text }, ...records],
        tooLong: 'the line is too long to be read',
        end,
      }
    : { records, end };
}
