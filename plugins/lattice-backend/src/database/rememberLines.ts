import {
  keyTextAt,
  type RecordColumns,
  textAt,
} from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import type { RollUps } from '../ingest/rollUp';
import { Novelty } from '../ingest/SeenTable';
import {
  callsOf,
  isDeniedNumber,
  type SortedLines,
} from '../ingest/SortedLines';
import { upsert } from './upsert';

/** What is kept of a line that can't be read. */
const KEPT_CHARACTERS = 64 * 1024;

/**
 * Keeps lines that can't be read, and which logs tell of a denied request.
 *
 * @param options - `rollUps`: those of the lines
 */
export async function rememberLines(
  transaction: Knex,
  options: {
    sourceNumber: number;
    lines: readonly SortedLines[];
    rollUps: RollUps;
  },
): Promise<void> {
  const { sourceNumber, lines, rollUps } = options;
  await upsert(transaction, {
    table: 'log_unparsed_lines',
    key: ['id'],
    rows: lines.flatMap(sorted => unparsedRowsOf(sorted, sourceNumber)),
  });
  const isDeniedCall = ({ outcomes }: RecordColumns, at: number) =>
    isDeniedNumber[outcomes[at]];
  const of = (novelty: Novelty) => [...callsOf(lines, novelty, isDeniedCall)];
  const hasLogs = lines.some(({ logs }) => logs !== undefined);
  const counted: { key: string; log?: string }[] = hasLogs
    ? of(Novelty.New)
    : rollUps.denied.map(({ id }) => ({ key: id }));
  await upsert(transaction, {
    table: 'denied_request_logs',
    key: ['request_id', 'source_number', 'log'],
    rows: [...counted, ...of(Novelty.Twin)].map(({ key, log = '' }) => ({
      request_id: key,
      source_number: sourceNumber,
      log,
    })),
  });
}

function unparsedRowsOf(
  { columns, novelties }: SortedLines,
  sourceNumber: number,
): object[] {
  return columns.asides
    .filter(({ at }) => novelties[at] === Novelty.New)
    .map(({ at, reason, place = null }) => ({
      id: keyTextAt(columns, at),
      source_number: sourceNumber,
      timestamp: columns.times[at],
      place,
      reason,
      text: excerptOf(textAt(columns, at)),
    }));
}

/** Databases take no character 0, and nobody reads megabytes. */
function excerptOf(text: string): string {
  const clean = text.replaceAll('\0', '\uFFFD');
  return clean.length > KEPT_CHARACTERS
    ? `${clean.slice(0, KEPT_CHARACTERS)}…`
    : clean;
}
