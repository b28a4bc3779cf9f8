import type { Knex } from 'knex';
import type { EdgeRow } from '../ingest/rollUp';
import type { EdgeNumbers } from './EdgeNumbers';
import { durationColumns } from './durationColumns';
import {
  type EdgeBucket,
  type EdgeSumsTable,
  markBuckets,
  takeEdgeVersion,
} from './edgeVersions';
import { mergeOf } from './sql';
import { upsert } from './upsert';

const DAY = 24 * 60 * 60 * 1000;
const MOST_EDGES = 2 ** 32;

/** What an edge's calls of an hour or a day add up to. */
const COLUMNS = [
  'bucket',
  'edge_number',
  'count',
  'first_seen',
  'last_seen',
  ...durationColumns,
] as const;
type EdgeSums = Record<(typeof COLUMNS)[number], number>;

/**
 * Adds the hours of edges to what is kept of them, by the hour, by the day and in all. If the transaction
 * does not end well, {@link EdgeNumbers.forget} has to be called.
 */
export async function addEdges(
  knex: Knex.Transaction,
  rows: EdgeRow[],
  edges: EdgeNumbers,
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const version = await takeEdgeVersion(knex);
  const numbers = await edges.note(knex, rows, version);
  const hours = rows.map(
    (row, index): EdgeSums => ({ ...row, edge_number: numbers[index] }),
  );
  const days = daysOf(hours);
  await addSums(knex, 'edges_1h', hours);
  await addSums(knex, 'edges_1d', days);
  await markBuckets(
    knex,
    [...bucketsOf('edges_1h', hours), ...bucketsOf('edges_1d', days)],
    version,
  );
}

function bucketsOf(table: EdgeSumsTable, rows: EdgeSums[]): EdgeBucket[] {
  return [...new Set(rows.map(({ bucket }) => bucket))].map(bucket => ({
    table,
    bucket,
  }));
}

function daysOf(hours: readonly EdgeSums[]): EdgeSums[] {
  const days = new Map<number, EdgeSums>();
  for (const hour of hours) {
    const bucket = hour.bucket - (hour.bucket % DAY);
    // Exact: days of some millennia, and numbers of billions of edges.
    const key = (bucket / DAY) * MOST_EDGES + hour.edge_number;
    const day = days.get(key);
    if (!day) {
      days.set(key, { ...hour, bucket });
      continue;
    }
    day.count += hour.count;
    day.first_seen = Math.min(day.first_seen, hour.first_seen);
    day.last_seen = Math.max(day.last_seen, hour.last_seen);
    for (const column of durationColumns) {
      day[column] += hour[column];
    }
  }
  return [...days.values()];
}

async function addSums(
  knex: Knex,
  table: EdgeSumsTable,
  rows: EdgeSums[],
): Promise<void> {
  const merge = mergeOf(knex, table);
  await upsert(knex, {
    table,
    // In the order in which they are kept: the next one's place is near.
    rows: rows.sort(
      (one, other) =>
        one.bucket - other.bucket || one.edge_number - other.edge_number,
    ),
    columns: COLUMNS,
    key: ['bucket', 'edge_number'],
    merge: {
      ...merge.sum(['count', ...durationColumns]),
      ...merge.least('first_seen'),
      ...merge.ofGreater('last_seen', ['last_seen']),
    },
  });
}
