import { InputError } from '@backstage/errors';
import { inScope } from '../sql/scope';
import { sql } from '../sql/Sql';
import type { CallScope, OutcomeBucket } from '../types';
import { countOutcomes, countsOf, outcomeColumns } from './outcomeColumns';
import type { Question } from './Question';

/** Calls by outcome in buckets of equal width. */
export function outcomesOverTime(
  scope: CallScope & { step: number },
): Question<OutcomeBucket> {
  const { step } = scope;
  if (!Number.isInteger(step) || step < 1000) {
    throw new InputError(
      'step has to be a whole number of milliseconds, and at least 1000',
    );
  }
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: { start: 'integer', lines: 'integer', ...outcomeColumns },
      sql: sql`SELECT time_ms - time_ms % ${step} AS start, count(*) AS lines, ${countOutcomes}
FROM calls WHERE ${isVisible} AND ${inScope(scope)}
GROUP BY 1 ORDER BY 1`,
    }),
    read: rows => ({
      lines: rows.reduce((sum, row) => sum + Number(row.lines), 0),
      items: rows.map(row => ({
        start: Number(row.start),
        counts: countsOf(row),
      })),
    }),
  };
}
