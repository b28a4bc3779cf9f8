import { recordKinds, textBytesAt } from '@lattice-portal/access-logs';
import { logAt } from '../ingest/LineLogs';
import { Novelty } from '../ingest/SeenTable';
import type { SortedLines } from '../ingest/SortedLines';
import { logIdOf } from './logIdOf';
import type { NewLine } from './packedLines';

/**
 * The lines that record sinks get: those that count, and then those that tell of the same as another source's.
 */
export function* newLinesOf(
  lines: readonly SortedLines[],
  sourceId: string,
): Generator<NewLine> {
  for (const novelty of [Novelty.New, Novelty.Twin]) {
    const isTwin = novelty === Novelty.Twin;
    for (const { columns, novelties, logs } of lines) {
      for (let at = 0; at < columns.size; at++) {
        const kind = recordKinds[columns.kinds[at]];
        if (novelties[at] === novelty && kind !== 'unparsed') {
          yield {
            kind,
            text: textBytesAt(columns, at),
            sourceId: logIdOf({ sourceId, log: logAt(logs, at) }),
            isTwin,
          };
        }
      }
    }
  }
}
