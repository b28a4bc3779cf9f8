import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import type { DeniedRequestsQuestion } from '../AccessLogStore';
import { callColumns, callOfRow } from '../schema/calls';
import { inScope, isAnyOf } from '../sql/scope';
import { join, sql, Sql } from '../sql/Sql';
import type { StoredCall } from '../types';
import { fieldFilters } from './fieldFilters';
import { limitOf } from './limit';
import { readCursor, writeCursor } from './pageCursor';
import type { Question } from './Question';

const STANDARD_LIMIT = 100;
const MAX_LIMIT = 1000;

/** A page of denied requests, newest first, in an order that is the same whenever it is asked for. */
export function deniedRequests(
  question: DeniedRequestsQuestion,
): Question<StoredCall> {
  const { after } = question;
  const limit = limitOf(question.limit, {
    standard: STANDARD_LIMIT,
    max: MAX_LIMIT,
  });
  const cursor = after === undefined ? undefined : readCursor(after);
  const wanted = join(
    [
      inScope(question),
      ...isAnyOf('outcome', question.outcomes ?? outcomes.filter(isDenied)),
      ...fieldFilters(question.where),
    ],
    ' AND ',
  );
  const isAfter = cursor
    ? sql` AND (time_ms < ${cursor.time} OR (time_ms = ${cursor.time} AND call_key < ${cursor.key}))`
    : sql``;
  const columns = new Sql([Object.keys(callColumns).join(', ')]);
  return {
    // The lines are counted apart, so that a page without requests has them too.
    statement: isVisible => ({
      table: 'calls',
      columns: { lines_in_all: 'integer', ...callColumns },
      sql: sql`SELECT lines_in_all, ${columns}
FROM (SELECT count(*) AS lines_in_all FROM calls WHERE ${isVisible} AND ${wanted}) AS counted
LEFT JOIN (
  SELECT ${columns} FROM calls
  WHERE ${isVisible} AND ${wanted} AND NOT twin${isAfter}
  ORDER BY time_ms DESC, call_key DESC LIMIT ${limit}
) AS page ON TRUE
ORDER BY time_ms DESC, call_key DESC`,
    }),
    read: rows => ({
      lines: Number(rows[0]?.lines_in_all ?? 0),
      items: rows
        .filter(({ call_key: key }) => key !== undefined)
        .map(callOfRow),
    }),
  };
}

/** Where the page after these begins. Absent: there is none. */
export function nextOf(
  items: StoredCall[],
  { limit = STANDARD_LIMIT }: { limit?: number },
): string | undefined {
  const last = items.at(-1);
  return last && items.length === limit
    ? writeCursor({ time: last.record.timestamp, key: last.key })
    : undefined;
}
