import { InputError } from '@backstage/errors';
import type { CallerKind } from '@lattice-portal/plugin-lattice-common';
import type { Columns } from '../schema/Column';
import { inScope } from '../sql/scope';
import { join, name, sql, type Sql } from '../sql/Sql';
import type { CallScope, EdgeSummary } from '../types';
import { countOutcomes, countsOf, outcomeColumns } from './outcomeColumns';
import { type Question, textOf, totalOf } from './Question';

const MAX_BOUNDS = 50;

/** Who calls whom from where, with a histogram of durations. */
export function edges(
  scope: CallScope & { durationBounds: readonly number[] },
): Question<EdgeSummary> {
  const buckets = bucketsOf(scope.durationBounds);
  return {
    statement: isVisible => ({
      table: 'calls',
      columns: {
        caller: 'text',
        caller_kind: 'text',
        caller_account: 'text',
        service_arn: 'text',
        service_network_arn: 'text',
        source_vpc_id: 'text',
        first_seen: 'integer',
        last_seen: 'integer',
        bytes_in: 'number',
        bytes_out: 'number',
        lines_in_all: 'integer',
        ...outcomeColumns,
        ...buckets.columns,
      },
      sql: sql`SELECT caller, caller_kind, caller_account, service_arn, service_network_arn, source_vpc_id,
  min(time_ms) AS first_seen, max(time_ms) AS last_seen,
  coalesce(sum(bytes_received) FILTER (WHERE NOT twin), 0) AS bytes_in,
  coalesce(sum(bytes_sent) FILTER (WHERE NOT twin), 0) AS bytes_out,
  CAST(sum(count(*)) OVER () AS BIGINT) AS lines_in_all,
  ${countOutcomes}, ${buckets.counts}
FROM calls WHERE ${isVisible} AND ${inScope(scope)}
GROUP BY caller, caller_kind, caller_account, service_arn, service_network_arn, source_vpc_id
ORDER BY caller, service_arn, service_network_arn NULLS FIRST, source_vpc_id NULLS FIRST`,
    }),
    read: rows => ({
      lines: totalOf(rows),
      items: rows.map(row => ({
        callerId: String(row.caller),
        callerKind: row.caller_kind as CallerKind,
        callerAccountId: textOf(row, 'caller_account'),
        serviceArn: String(row.service_arn),
        serviceNetworkArn: textOf(row, 'service_network_arn'),
        sourceVpcId: textOf(row, 'source_vpc_id'),
        counts: countsOf(row),
        durations: Object.keys(buckets.columns).map(column =>
          Number(row[column]),
        ),
        bytesReceived: Number(row.bytes_in),
        bytesSent: Number(row.bytes_out),
        firstSeen: Number(row.first_seen),
        lastSeen: Number(row.last_seen),
      })),
    }),
  };
}

function bucketsOf(bounds: readonly number[]): {
  columns: Columns;
  counts: Sql;
} {
  const isAscending = bounds.every(
    (bound, index) =>
      Number.isFinite(bound) && (index === 0 || bound > bounds[index - 1]),
  );
  if (!isAscending || bounds.length > MAX_BOUNDS) {
    throw new InputError(
      `durationBounds have to be ascending numbers, ${MAX_BOUNDS} at most`,
    );
  }
  const ranges = Array.from({ length: bounds.length + 1 }, (_, index) => ({
    column: `duration_${index}`,
    from: bounds[index - 1],
    to: bounds[index],
  }));
  return {
    columns: Object.fromEntries(
      ranges.map(({ column }) => [column, 'integer' as const]),
    ),
    counts: join(
      ranges.map(({ column, from, to }) => {
        const isIn = join(
          [
            sql`NOT twin AND duration IS NOT NULL`,
            ...(from === undefined ? [] : [sql`duration >= ${from}`]),
            ...(to === undefined ? [] : [sql`duration < ${to}`]),
          ],
          ' AND ',
        );
        return sql`count(*) FILTER (WHERE ${isIn}) AS ${name(column)}`;
      }),
      ', ',
    ),
  };
}
