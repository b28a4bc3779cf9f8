import { hash } from 'node:crypto';
import { CallFactsParser } from '../parse/CallFactsParser';
import { ColumnsBuilder } from './ColumnsBuilder';
import type { RecordColumns } from './RecordColumns';

const LINE_ID_DIGITS = 12;

/**
 * Reads and classifies lines as they were delivered.
 *
 * @param lines - `id`: two lines with the same one are the same. `timestamp`: of delivery, in milliseconds
 * since the epoch. `place`: where it stands, in words. `aside`: why it can't be read, where that is known
 *
 * @public
 */
export function columnsOf(
  lines: readonly {
    id: string;
    text: string;
    timestamp: number;
    place?: string;
    aside?: string;
  }[],
): RecordColumns {
  const builder = new ColumnsBuilder('all');
  const parser = new CallFactsParser();
  for (const { id, text, timestamp, place, aside } of lines) {
    const json = aside === undefined ? parser.parse(text) : undefined;
    const lineId = lineIdOf(id);
    builder.add({ text, json, lineId, deliveredAt: timestamp, place, aside });
  }
  return builder.take();
}

/** 48 bits that few other ids have. */
export function lineIdOf(id: string): number {
  const digits = hash('sha256', JSON.stringify([id])).slice(0, LINE_ID_DIGITS);
  return parseInt(digits, 16);
}
