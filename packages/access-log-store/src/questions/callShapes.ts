import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import { columnOf } from '../schema/callFields';
import type { ColumnType, Row } from '../schema/Column';
import { inScope, isAnyOf } from '../sql/scope';
import { join, name, sql, type Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import type { CallScope, CallShape, PathFolding, ShapeField } from '../types';
import { pathDifference } from './pathDifference';
import { filledTextOf, textOf } from './Question';

/** What VPC Lattice authenticated, or who signed. */
const principal = sql`coalesce(resolved_user, caller_principal, '')`;

type TextField = Exclude<
  ShapeField,
  'principal' | 'timestamp' | 'callerPrincipalTags'
>;

/** Calls that agree in what was asked for, as one row with their number. */
export function callShapes(
  scope: CallScope & {
    fields: readonly ShapeField[];
    paths?: PathFolding;
    wholeFor?: readonly Outcome[];
  },
): {
  statement(isVisible: Sql): Statement;
  read(row: Row): CallShape;
} {
  const { paths, wholeFor } = scope;
  const fields = [...new Set(scope.fields)];
  const tellsTags = fields.includes('callerPrincipalTags');
  const recordFields = fields
    .filter(isText)
    .map(field => [field, columnOf(field)] as const);
  const foldsPaths = paths && fields.includes('requestPath');
  const columns = fields
    .filter(
      field =>
        field !== 'principal' &&
        field !== 'timestamp' &&
        (field !== 'requestPath' || !foldsPaths),
    )
    .map(columnOf);
  const keys = [
    ...['service_arn', 'caller', 'outcome', ...columns].map(name),
    // A role and a session of it may be told apart by policies, two sessions may not.
    fields.includes('principal')
      ? principal
      : sql`strpos(${principal}, ':assumed-role/') > 0`,
    ...(fields.includes('timestamp') ? [sql`time_ms`] : []),
    ...(wholeFor?.length
      ? [
          sql`CASE WHEN ${join(
            isAnyOf('outcome', wholeFor),
            ' AND ',
          )} THEN ${principal} END`,
        ]
      : []),
    ...(foldsPaths
      ? [name('path_shape'), pathDifference(paths.words, wholeFor)]
      : []),
  ];
  const selected: Record<string, ColumnType> = {
    service_arn: 'text',
    outcome: 'text',
    ...Object.fromEntries(columns.map(column => [column, 'text'])),
  };
  return {
    statement: isVisible => ({
      table: 'calls',
      isLarge: true,
      columns: {
        ...selected,
        ...(foldsPaths && ({ request_path: 'text' } as const)),
        example_principal: 'text',
        calls_in_all: 'integer',
        first_seen: 'integer',
        last_seen: 'integer',
      },
      sql: sql`SELECT ${join(Object.keys(selected).map(name), ', ')},
  ${foldsPaths ? sql`max_by(request_path, time_ms) AS request_path,` : sql``}
  max(${principal}) AS example_principal,
  count(*) AS calls_in_all, min(time_ms) AS first_seen, max(time_ms) AS last_seen
FROM calls WHERE ${isVisible} AND ${inScope(scope)} AND NOT twin
GROUP BY ${join(keys, ', ')}`,
    }),
    read: row => {
      const lastSeen = Number(row.last_seen);
      const record: AccessLogRecord = {
        startTime: new Date(lastSeen).toISOString(),
        timestamp: lastSeen,
        serviceArn: String(row.service_arn),
        resolvedUser: filledTextOf(row, 'example_principal'),
        other: {},
      };
      for (const [field, column] of recordFields) {
        record[field] = textOf(row, column);
      }
      if (tellsTags && typeof row.caller_principal_tags === 'string') {
        record.callerPrincipalTags = JSON.parse(row.caller_principal_tags);
      }
      return {
        record,
        outcome: row.outcome as Outcome,
        count: Number(row.calls_in_all),
        firstSeen: Number(row.first_seen),
        lastSeen,
      };
    },
  };
}

/** Whether a field of a record is a text, as it is in the log. */
function isText(field: ShapeField): field is TextField {
  return (
    field !== 'principal' &&
    field !== 'timestamp' &&
    field !== 'callerPrincipalTags'
  );
}
