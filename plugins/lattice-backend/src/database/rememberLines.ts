import { keyTextAt, textAt } from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import { Novelty } from '../ingest/SeenTable';
import { deniedCallsOf, type SortedLines } from '../ingest/SortedLines';
import { upsert } from './upsert';

/** What is kept of a line that can't be read. */
const KEPT_CHARACTERS = 64 * 1024;

/**
 * Keeps lines that can't be read, and which other logs tell of a denied request.
 */
export async function rememberLines(
  transaction: Knex,
  options: {
    sourceNumber: number;
    lines: readonly SortedLines[];
  },
): Promise<void> {
  const { sourceNumber, lines } = options;
  await upsert(transaction, {
    table: 'log_unparsed_lines',
    key: ['id'],
    rows: lines.flatMap(sorted => unparsedRowsOf(sorted, sourceNumber)),
  });
  const twins = deniedCallsOf(lines, Novelty.Twin);
  await upsert(transaction, {
    table: 'denied_request_logs',
    key: ['request_id', 'source_number', 'log'],
    rows: Array.from(twins, ({ key, log = '' }) => ({
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
