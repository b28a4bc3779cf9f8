import type { Knex } from 'knex';
import type { EdgeRow } from '../ingest/rollUp';
import { durationColumns } from './durationColumns';
import {
  type EdgeBucket,
  type EdgeSumsTable,
  markBuckets,
  takeEdgeVersion,
} from './edgeVersions';
import { mergeOf, upsert } from './sql';

const DAY = 24 * 60 * 60 * 1000;
const KEY = ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'] as const;

/** What is known of an edge at any time. */
type Edge = Pick<
  EdgeRow,
  | (typeof KEY)[number]
  | 'caller_kind'
  | 'caller_account_id'
  | 'last_seen'
  | 'last_denied_id'
> & { version: number };

/** What an edge's calls of an hour or a day add up to. */
type EdgeSums = Omit<EdgeRow, keyof Edge> & {
  edge_number: number;
  last_seen: number;
};

/**
 * Adds the hours of edges to what is kept of them, by the hour, by the day and in all.
 */
export async function addEdges(
  knex: Knex.Transaction,
  rows: EdgeRow[],
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const version = await takeEdgeVersion(knex);
  const numbers = await numberEdges(knex, rows, version);
  const hours = rows.map(
    (row): EdgeSums => ({
      bucket: row.bucket,
      edge_number: numbers.get(keyOf(row))!,
      count: row.count,
      first_seen: row.first_seen,
      last_seen: row.last_seen,
      ...Object.fromEntries(
        durationColumns.map(column => [column, row[column]]),
      ),
    }),
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

/** @returns the numbers of all edges, new ones too, by {@link keyOf} */
async function numberEdges(
  knex: Knex,
  rows: EdgeRow[],
  version: number,
): Promise<Map<string, number>> {
  const edges = new Map<string, Edge>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = edges.get(key);
    if (!known || row.last_seen >= known.last_seen) {
      edges.set(key, {
        service_arn: row.service_arn,
        caller_id: row.caller_id,
        source_vpc_id: row.source_vpc_id,
        outcome: row.outcome,
        caller_kind: row.caller_kind,
        caller_account_id: row.caller_account_id,
        last_seen: row.last_seen,
        last_denied_id: row.last_denied_id,
        version,
      });
    }
  }
  const merge = {
    version: knex.raw('excluded.version'),
    ...mergeOf(knex, 'edges').ofGreater('last_seen', [
      'last_seen',
      'last_denied_id',
      'caller_account_id',
    ]),
  };
  const numbered = await upsert(knex, {
    table: 'edges',
    rows: [...edges.values()],
    key: KEY,
    merge,
    returning: ['number', ...KEY],
  });
  const numbers = new Map<string, number>();
  for (const row of numbered) {
    numbers.set(keyOf(row), Number(row.number));
  }
  return numbers;
}

function daysOf(hours: readonly EdgeSums[]): EdgeSums[] {
  const days = new Map<string, EdgeSums>();
  for (const hour of hours) {
    const bucket = hour.bucket - (hour.bucket % DAY);
    const key = `${bucket} ${hour.edge_number}`;
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
    rows,
    key: ['bucket', 'edge_number'],
    merge: {
      ...merge.sum(['count', ...durationColumns]),
      ...merge.least('first_seen'),
      ...merge.ofGreater('last_seen', ['last_seen']),
    },
  });
}

function keyOf(row: Pick<EdgeRow, (typeof KEY)[number]>): string {
  // Columns hold no character 0.
  return `${row.service_arn}\0${row.caller_id}\0${row.source_vpc_id}\0${row.outcome}`;
}
