import {
  isDenied,
  type Outcome,
  outcomes,
} from '@lattice-portal/plugin-lattice-common';
import { inScope } from '../sql/scope';
import { list, sql } from '../sql/Sql';
import type { CallScope, CauseSummary } from '../types';
import { limitOf } from './limit';
import { filledTextOf, type Question, textOf, totalOf } from './Question';

/** Grows with time, and is one call's alone. */
const order = sql`lpad(CAST(time_ms AS VARCHAR), 16, '0') || call_key`;

/** Denied calls folded to caller, service, method, path shape and policy. */
export function causes(
  scope: CallScope & { limit?: number },
): Question<CauseSummary> {
  const limit = limitOf(scope.limit, { standard: 1000 });
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: {
        caller: 'text',
        service_arn: 'text',
        request_method: 'text',
        path_shape: 'text',
        outcome: 'text',
        calls_in_all: 'integer',
        lines_in_all: 'integer',
        first_seen: 'integer',
        last_seen: 'integer',
        example_key: 'text',
        example_request_id: 'text',
        example_path: 'text',
        example_principal: 'text',
        example_vpc: 'text',
      },
      sql: sql`SELECT caller, service_arn, request_method, path_shape, outcome,
  count(*) FILTER (WHERE NOT twin) AS calls_in_all,
  CAST(sum(count(*)) OVER () AS BIGINT) AS lines_in_all,
  min(time_ms) AS first_seen, max(time_ms) AS last_seen,
  max_by(call_key, ${order}) AS example_key,
  max_by(coalesce(request_id, ''), ${order}) AS example_request_id,
  max_by(coalesce(request_path, ''), ${order}) AS example_path,
  max_by(coalesce(resolved_user, caller_principal, ''), ${order}) AS example_principal,
  max_by(coalesce(source_vpc_id, ''), ${order}) AS example_vpc
FROM calls WHERE ${isVisible} AND ${inScope(scope)}
  AND outcome IN ${list(outcomes.filter(isDenied))}
GROUP BY caller, service_arn, request_method, path_shape, outcome
ORDER BY calls_in_all DESC, last_seen DESC, caller, service_arn,
  request_method NULLS FIRST, path_shape NULLS FIRST, outcome LIMIT ${limit}`,
    }),
    read: rows => ({
      lines: totalOf(rows),
      items: rows.map(row => ({
        callerId: String(row.caller),
        serviceArn: String(row.service_arn),
        method: textOf(row, 'request_method'),
        pathShape: textOf(row, 'path_shape'),
        outcome: row.outcome as Outcome,
        count: Number(row.calls_in_all),
        firstSeen: Number(row.first_seen),
        lastSeen: Number(row.last_seen),
        example: {
          key: String(row.example_key),
          requestId: filledTextOf(row, 'example_request_id'),
          path: filledTextOf(row, 'example_path'),
          principal: filledTextOf(row, 'example_principal'),
          sourceVpcId: filledTextOf(row, 'example_vpc'),
        },
      })),
    }),
  };
}
