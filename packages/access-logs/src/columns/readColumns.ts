import {
  type AccessLogObjectEnd,
  readAccessLogObject,
} from '../scan/readAccessLogObject';
import { CallFactsReader } from '../parse/CallFactsReader';
import { parseJson } from '../parse/parseJson';
import { ColumnsBuilder } from './ColumnsBuilder';
import { lineIdOf } from './columnsOf';
import type { RecordColumns, TextsToKeep } from './RecordColumns';

/** More are dealt with in several batches. */
const LINES_A_BATCH = 8_192;
/** Long lines are fewer, so that they fit into memory. */
const BYTES_A_BATCH = 16 * 1024 * 1024;
const LINE_IDS = 2 ** 48;

/**
 * A part of a log object.
 *
 * @public
 */
export interface ColumnsPart {
  columns: RecordColumns;
  /** Bytes of the unpacked text from its start to the end of this part: reading can go on there. */
  end: number;
}

/**
 * What is to be known of a log object to tell its lines from those of others.
 *
 * @public
 */
export interface AccessLogObjectIdentity {
  /** Two objects with the same id have the same content. */
  id: string;
  /** Milliseconds since the epoch. */
  deliveredAt: number;
  /** In words. */
  place: string;
}

/**
 * Reads and classifies the lines of an object that access logs were delivered in, of whatever size.
 *
 * @returns its parts, as they come; last of all how reading ended
 * @throws what reading the bytes throws
 */
export async function* readColumns(
  options: Omit<Parameters<typeof readAccessLogObject>[0], 'taker'> & {
    object: AccessLogObjectIdentity;
    /** Default: all. */
    texts?: TextsToKeep;
  },
): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
  const { deliveredAt, place } = options.object;
  const firstId = lineIdOf(options.object.id);
  const builder = new ColumnsBuilder(options.texts ?? 'all');
  const reader = new CallFactsReader();
  // There are fewer records in a piece than bytes.
  const idAt = (start: number, index: number) =>
    (firstId + start + index) % LINE_IDS;
  const reading = readAccessLogObject({
    ...options,
    taker: {
      takeLine(line, start) {
        const facts = reader.read(line);
        if (facts) {
          builder.addCall(facts, idAt(start, 0));
        }
        return facts !== undefined;
      },
      takeLines: (lines, took) =>
        reader.readLines(lines, (facts, next) =>
          builder.addCall(facts, idAt(took(next), 0)),
        ),
      parse(text) {
        const json = parseJson(text);
        reader.learn(text, json);
        return json;
      },
      takePiece({ records, tooLong, start }) {
        for (const [index, { json, text }] of records.entries()) {
          builder.add({
            text,
            json,
            lineId: idAt(start, index),
            deliveredAt,
            place,
            aside: index === 0 ? tooLong : undefined,
          });
        }
      },
    },
  });
  let position = options.from ?? 0;
  let next = await reading.next();
  try {
    for (; !next.done; next = await reading.next()) {
      position = next.value;
      if (builder.size >= LINES_A_BATCH || builder.bytes >= BYTES_A_BATCH) {
        yield { columns: builder.take(), end: position };
      }
    }
  } finally {
    if (!next.done) {
      await reading.return(undefined as never);
    }
  }
  if (builder.size > 0) {
    yield { columns: builder.take(), end: position };
  }
  return next.value;
}
