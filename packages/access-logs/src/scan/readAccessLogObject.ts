import { type LineBytes, textOf } from '../parse/LineBytes';
import { parseJson } from '../parse/parseJson';
import { type Line, LineSplitter } from './LineSplitter';
import { unpackText } from './unpackText';
import { type Unwrapped, unwrapLine } from './unwrapLine';

/** Records that stand at one place of a log object: mostly one. */
export interface AccessLogPiece {
  /** The records, taken out of what is wrapped around them. */
  records: Unwrapped[];
  /** Why the first of them is kept aside, its start only: it is longer than can be read. */
  tooLong?: string;
  /** Bytes of the unpacked text from its start to that of this piece. */
  start: number;
  /** Bytes of the unpacked text from its start to the end of this piece: reading can go on there. */
  end: number;
}

/** Is told what stands in a log object, piece by piece. */
export interface AccessLogTaker {
  /**
   * Takes a line that is a record by itself.
   *
   * @param start - as of a piece
   * @returns false: it is left to be taken apart
   */
  takeLine?(line: Line, start: number): boolean;
  /**
   * Takes lines one behind the other, as long as each is a record by itself.
   *
   * @param took - has to be told of each, with where the next one starts in `lines`; it says the line's `start`,
   * as of a piece
   * @returns where the first line starts that is left to be taken apart
   */
  takeLines?(lines: LineBytes, took: (next: number) => number): number;
  /** What a line holds that is a record by itself. Absent: its JSON. */
  parse?(text: string): unknown;
  takePiece(piece: AccessLogPiece): void;
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
 * fault. `size`: of the object in bytes. `from`: `end` of the last piece that was dealt with. `taker`: is
 * told of the pieces as they come
 * @returns `end` of the last piece, now and then; last of all how reading ended
 * @throws what reading the bytes throws
 */
export async function* readAccessLogObject(options: {
  open: () => AsyncIterable<Uint8Array>;
  size?: number;
  from?: number;
  taker: AccessLogTaker;
}): AsyncGenerator<number, AccessLogObjectEnd> {
  const { from = 0, taker } = options;
  const parse = (text: string) =>
    taker.parse ? taker.parse(text) : parseJson(text);
  let tooLong: Line | undefined;
  let position = from;
  const onLine = (line: Line) => {
    if (line.isTooLong) {
      tooLong = line;
      return;
    }
    const start = position;
    position = from + line.end;
    if (!tooLong && taker.takeLine?.(line, start)) {
      return;
    }
    const records = unwrapLine(textOf(line), parse);
    taker.takePiece(pieceOf({ tooLong, records, start, end: position }));
    tooLong = undefined;
  };
  const splitter = new LineSplitter(onLine, {
    takeLines(lines, took) {
      if (tooLong || !taker.takeLines) {
        return lines.start;
      }
      return taker.takeLines(lines, next => {
        const start = position;
        position = from + took(next);
        return start;
      });
    },
  });
  const text = unpackText(options);
  let skipped = from;
  let given = from;
  let next = await text.next();
  try {
    while (!next.done) {
      const start = Math.min(skipped, next.value.length);
      skipped -= start;
      splitter.write(next.value.subarray(start));
      if (position > given) {
        given = position;
        yield given;
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
    const start = position;
    position++;
    taker.takePiece(pieceOf({ tooLong, records: [], start, end: position }));
  }
  if (position > given) {
    yield position;
  }
  const { bytes, problem } = next.value;
  return { bytes, problem };
}

function pieceOf(options: {
  tooLong?: Line;
  records: Unwrapped[];
  start: number;
  end: number;
}): AccessLogPiece {
  const { tooLong, records, start, end } = options;
  return tooLong
    ? {
        records: [{ text: textOf(tooLong) }, ...records],
        tooLong: 'the line is too long to be read',
        start,
        end,
      }
    : { records, start, end };
}
