import { callColumns, callOfRow } from '../schema/calls';
import { inScope } from '../sql/scope';
import { sql, Sql } from '../sql/Sql';
import type { CallScope, RecordedCall } from '../types';
import type { Question } from './Question';

/** All records with a request id, by the call. */
export function callsByRequestId(
  scope: CallScope & { requestId: string },
): Question<RecordedCall> {
  const columns = new Sql([Object.keys(callColumns).join(', ')]);
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: callColumns,
      sql: sql`SELECT ${columns} FROM calls
WHERE ${isVisible} AND request_id = ${scope.requestId} AND ${inScope(scope)}
ORDER BY time_ms DESC, call_key DESC, twin, source`,
    }),
    read: rows => {
      const calls = new Map<string, RecordedCall>();
      for (const record of rows.map(callOfRow)) {
        const { key } = record;
        const call = calls.get(key) ?? { key, records: [] };
        call.records.push(record);
        calls.set(key, call);
      }
      return { lines: rows.length, items: [...calls.values()] };
    },
  };
}
