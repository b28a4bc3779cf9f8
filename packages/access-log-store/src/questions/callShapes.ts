import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { callFields, columnOf } from '../schema/callFields';
import type { ColumnType, Row } from '../schema/Column';
import { inScope } from '../sql/scope';
import { join, name, sql, type Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import type { CallScope, CallShape, ShapeField } from '../types';
import { filledTextOf, textOf } from './Question';

/** What VPC Lattice authenticated, or who signed. */
const principal = sql`coalesce(resolved_user, caller_principal, '')`;

/** Calls that agree in what was asked for, as one row with their number. */
export function callShapes(
  scope: CallScope & { fields: readonly ShapeField[] },
): { statement(isVisible: Sql): Statement; read(row: Row): CallShape } {
  const fields = [...new Set(scope.fields)];
  const columns = fields
    .filter(field => field !== 'principal' && field !== 'timestamp')
    .map(columnOf);
  const keys = [
    ...['service_arn', 'caller', 'outcome', ...columns].map(name),
    // A role and a session of it may be told apart by policies, two sessions may not.
    fields.includes('principal')
      ? principal
      : sql`strpos(${principal}, ':assumed-role/') > 0`,
    ...(fields.includes('timestamp') ? [sql`time_ms`] : []),
  ];
  const selected: Record<string, ColumnType> = {
    service_arn: 'text',
    outcome: 'text',
    ...Object.fromEntries(columns.map(column => [column, 'text'])),
  };
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: {
        ...selected,
        example_principal: 'text',
        calls_in_all: 'integer',
        first_seen: 'integer',
        last_seen: 'integer',
      },
      sql: sql`SELECT ${join(Object.keys(selected).map(name), ', ')},
  max(${principal}) AS example_principal,
  count(*) AS calls_in_all, min(time_ms) AS first_seen, max(time_ms) AS last_seen
FROM calls WHERE ${isVisible} AND ${inScope(scope)} AND NOT twin
GROUP BY ${join(keys, ', ')}`,
    }),
    read: row => {
      const lastSeen = Number(row.last_seen);
      const record: Record<string, unknown> = {
        startTime: new Date(lastSeen).toISOString(),
        timestamp: lastSeen,
        serviceArn: String(row.service_arn),
        resolvedUser: filledTextOf(row, 'example_principal'),
        other: {},
      };
      for (const field of fields) {
        if (Object.hasOwn(callFields, field)) {
          record[field] = textOf(row, columnOf(field));
        }
      }
      if (typeof record.callerPrincipalTags === 'string') {
        record.callerPrincipalTags = JSON.parse(record.callerPrincipalTags);
      }
      return {
        record: record as unknown as AccessLogRecord,
        outcome: row.outcome as Outcome,
        count: Number(row.calls_in_all),
        firstSeen: Number(row.first_seen),
        lastSeen,
      };
    },
  };
}
