import type { RecordedCallsPage } from '../AccessLogStore';
import { callColumns, callOfRow } from '../schema/calls';
import { inScope } from '../sql/scope';
import { sql, Sql, wholeNumber } from '../sql/Sql';
import type { CallScope, RecordedCall } from '../types';
import type { Question } from './Question';

/** Clients choose request ids: a load test may well have one for all its calls. */
const MOST_RECORDS = 500;

/** The newest records with a request id, by the call. */
export function callsByRequestId(
  scope: CallScope & { requestId: string },
): Question<RecordedCall, Pick<RecordedCallsPage, 'hasMore'>> {
  const columns = new Sql([Object.keys(callColumns).join(', ')]);
  // One more tells whether there are more.
  const limit = wholeNumber(MOST_RECORDS + 1);
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: callColumns,
      sql: sql`SELECT ${columns} FROM calls
WHERE ${isVisible} AND request_id = ${scope.requestId} AND ${inScope(scope)}
ORDER BY time_ms DESC, call_key DESC, twin, source LIMIT ${limit}`,
    }),
    read: rows => {
      const hasMore = rows.length > MOST_RECORDS;
      const records = rows.map(callOfRow);
      // Of the last call there may be other records, beyond the limit.
      const cut = hasMore ? records.at(-1)?.key : undefined;
      const calls = new Map<string, RecordedCall>();
      for (const record of records) {
        const { key } = record;
        if (key !== cut) {
          const call = calls.get(key) ?? { key, records: [] };
          call.records.push(record);
          calls.set(key, call);
        }
      }
      const items = [...calls.values()];
      return {
        lines: items.reduce((sum, call) => sum + call.records.length, 0),
        items,
        hasMore,
      };
    },
  };
}
