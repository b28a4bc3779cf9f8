import {
  type AccessLogObjectEnd,
  readAccessLogObject,
} from '../scan/readAccessLogObject';
import { CallFactsParser } from '../parse/CallFactsParser';
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
  options: Omit<Parameters<typeof readAccessLogObject>[0], 'parse'> & {
    object: AccessLogObjectIdentity;
    /** Default: all. */
    texts?: TextsToKeep;
  },
): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
  const { deliveredAt, place } = options.object;
  const firstId = lineIdOf(options.object.id);
  const builder = new ColumnsBuilder(options.texts ?? 'all');
  const parser = new CallFactsParser();
  const reading = readAccessLogObject({
    ...options,
    parse: text => parser.parse(text),
  });
  let position = options.from ?? 0;
  let next = await reading.next();
  try {
    for (; !next.done; next = await reading.next()) {
      for (const piece of next.value) {
        for (const [index, { json, text }] of piece.records.entries()) {
          builder.add({
            text,
            json,
            // There are fewer records in a piece than bytes.
            lineId: (firstId + position + index) % LINE_IDS,
            deliveredAt,
            place,
            aside: index === 0 ? piece.tooLong : undefined,
          });
        }
        position = piece.end;
        if (builder.size >= LINES_A_BATCH || builder.bytes >= BYTES_A_BATCH) {
          yield { columns: builder.take(), end: position };
        }
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
