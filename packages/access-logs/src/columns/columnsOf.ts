import { hash } from 'node:crypto';
import { CallFactsReader } from '../parse/CallFactsReader';
import { parseJson } from '../parse/parseJson';
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
  const reader = new CallFactsReader();
  for (const { id, text, timestamp, place, aside } of lines) {
    const lineId = lineIdOf(id);
    const line = { bytes: Buffer.from(`${text}\n`), start: 0, stop: 0 };
    line.stop = line.bytes.length - 1;
    const facts = aside === undefined ? reader.read(line) : undefined;
    if (facts) {
      builder.addCall(facts, lineId);
      continue;
    }
    const json = aside === undefined ? parseJson(text) : undefined;
    reader.learn(text, json);
    builder.add({ text, json, lineId, deliveredAt: timestamp, place, aside });
  }
  return builder.take();
}

/** 48 bits that few other ids have. */
export function lineIdOf(id: string): number {
  const digits = hash('sha256', JSON.stringify([id])).slice(0, LINE_ID_DIGITS);
  return parseInt(digits, 16);
}
