import { connectionColumns, connectionOfRow } from '../schema/connections';
import { isAnyOf, isWithin } from '../sql/scope';
import { join, sql, Sql } from '../sql/Sql';
import type { StoredConnection } from '../types';
import { limitOf } from './limit';
import type { Question } from './Question';

/** Connections to resource configurations, newest first. */
export function connections(question: {
  from: number;
  to: number;
  resourceConfigurationArns?: readonly string[];
  limit?: number;
}): Question<StoredConnection> {
  const limit = limitOf(question.limit, { standard: 1000 });
  const columns = new Sql([Object.keys(connectionColumns).join(', ')]);
  const wanted = join(
    [
      isWithin(question),
      ...isAnyOf(
        'resource_configuration_arn',
        question.resourceConfigurationArns,
      ),
    ],
    ' AND ',
  );
  return {
    statement: isVisible => ({
      table: 'connections',
      columns: { lines_in_all: 'integer', ...connectionColumns },
      sql: sql`SELECT lines_in_all, ${columns}
FROM (SELECT count(*) AS lines_in_all FROM connections WHERE ${isVisible} AND ${wanted}) AS counted
LEFT JOIN (
  SELECT ${columns} FROM connections
  WHERE ${isVisible} AND ${wanted} AND NOT twin
  ORDER BY time_ms DESC, connection_key DESC LIMIT ${limit}
) AS page ON TRUE
ORDER BY time_ms DESC, connection_key DESC`,
    }),
    read: rows => ({
      lines: Number(rows[0]?.lines_in_all ?? 0),
      items: rows
        .filter(({ connection_key: key }) => key !== undefined)
        .map(connectionOfRow),
    }),
  };
}
