import { hash } from 'node:crypto';
import { type RecordColumns, textAt } from '@lattice-portal/access-logs';
import type { AccessLogLine } from '@lattice-portal/plugin-lattice-node';

/** Which of the logs that are delivered to one source lines are of. */
export interface LineLogs {
  names: readonly string[];
  /** Of each line, its place in `names`. */
  of: Uint32Array;
}

/** The logs of lines. Undefined: the source doesn't tell any. */
export function lineLogsOf(
  lines: readonly AccessLogLine[],
): LineLogs | undefined {
  if (lines.every(({ log }) => log === undefined)) {
    return undefined;
  }
  const names: string[] = [];
  const of = Uint32Array.from(lines, ({ log = '' }) => {
    const known = names.indexOf(log);
    return known >= 0 ? known : names.push(log) - 1;
  });
  return { names, of };
}

/** The log of a line. Undefined: not told. */
export function logAt(
  logs: LineLogs | undefined,
  at: number,
): string | undefined {
  return logs?.names[logs.of[at]] || undefined;
}

/**
 * Of each line a number that is the same for lines of one log, as far as can be told.
 *
 * @remarks
 * If the resource is known whose log a line is of, that tells. Else lines of one log that tell of the same
 * call are the same to the letter, as they were delivered again.
 *
 * @param options - `resourceIds`: of the resources whose logs are delivered to the source
 * @returns undefined if that is one log
 */
export function logNumbersOf(options: {
  columns: RecordColumns;
  logs?: LineLogs;
  resourceIds: readonly string[];
}): Uint32Array | undefined {
  const { columns, logs, resourceIds } = options;
  if (resourceIds.length < 2) {
    return undefined;
  }
  const numbers = new Uint32Array(columns.size);
  for (let at = 0; at < columns.size; at++) {
    const log = logAt(logs, at) ?? '';
    numbers[at] = numberOf(
      resourceIds.includes(log) ? log : `${log}\n${textAt(columns, at)}`,
    );
  }
  return numbers;
}

/** 32 bits that few other texts have. */
function numberOf(text: string): number {
  return parseInt(hash('sha256', text).slice(0, 8), 16);
}
