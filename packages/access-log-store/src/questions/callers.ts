import {
  type CallerKind,
  deniedCalls,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import { inScope } from '../sql/scope';
import { sql } from '../sql/Sql';
import type { CallerSummary, CallScope } from '../types';
import { limitOf } from './limit';
import { countOutcomes, countsOf, outcomeColumns } from './outcomeColumns';
import { type Question, textOf, totalOf } from './Question';

/** Callers with what became of their calls. */
export function callers(
  scope: CallScope & { limit?: number },
): Question<CallerSummary> {
  const limit = limitOf(scope.limit, { standard: 1000 });
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: {
        caller: 'text',
        caller_kind: 'text',
        caller_account: 'text',
        first_seen: 'integer',
        last_seen: 'integer',
        denied: 'integer',
        calls_in_all: 'integer',
        lines_in_all: 'integer',
        ...outcomeColumns,
      },
      sql: sql`SELECT caller, caller_kind, caller_account,
  min(time_ms) AS first_seen, max(time_ms) AS last_seen,
  count(*) FILTER (WHERE NOT twin AND starts_with(outcome, 'denied-by-')) AS denied,
  count(*) FILTER (WHERE NOT twin) AS calls_in_all,
  CAST(sum(count(*)) OVER () AS BIGINT) AS lines_in_all,
  ${countOutcomes}
FROM calls WHERE ${isVisible} AND ${inScope(scope)}
GROUP BY caller, caller_kind, caller_account
ORDER BY denied DESC, calls_in_all DESC, caller LIMIT ${limit}`,
    }),
    read: rows => ({
      lines: totalOf(rows),
      items: rows.map(row => {
        const counts = countsOf(row);
        const calls = totalCalls(counts);
        const denied = deniedCalls(counts);
        return {
          callerId: String(row.caller),
          kind: row.caller_kind as CallerKind,
          accountId: textOf(row, 'caller_account'),
          calls,
          denied,
          deniedShare: calls === 0 ? 0 : denied / calls,
          counts,
          firstSeen: Number(row.first_seen),
          lastSeen: Number(row.last_seen),
        };
      }),
    }),
  };
}
