import type { Knex } from 'knex';
import { mergeOf } from './sql';
import { upsert } from './upsert';
import type { TimeRange } from './TrafficStore';

const TABLE = 'edge_versions';
const KEY = ['part', 'bucket'];

/** Tables that hold what the calls of an edge add up to, by the hour and by the day. */
export type EdgeSumsTable = 'edges_1h' | 'edges_1d';

/** An hour or a day of edges. */
export interface EdgeBucket {
  table: EdgeSumsTable;
  /** Milliseconds since the epoch. */
  bucket: number;
}

/** The numbers of the last changes. */
export interface EdgeVersions {
  /** Of what is known of edges at any time. */
  edges: number;
  /** Since then no edge was forgotten; else edges have the numbers of their own changes. */
  forgotten: number;
  /** Of those that have calls. */
  buckets: (EdgeBucket & { version: number })[];
}

/**
 * The number of a change of edges: higher than that of any other change that readers can have seen.
 *
 * @remarks
 * Changes wait for one another from here on: they are seen in the order of their numbers.
 *
 * @param transaction - that changes the edges
 */
export async function takeEdgeVersion(
  transaction: Knex.Transaction,
): Promise<number> {
  const [{ version }] = await upsert(transaction, {
    table: TABLE,
    rows: [{ part: 'edges', bucket: 0, version: 1 }],
    key: KEY,
    merge: mergeOf(transaction, TABLE).sum(['version']),
    returning: ['version'],
  });
  return Number(version);
}

/**
 * Says that a change is one of some buckets.
 *
 * @param version - as {@link takeEdgeVersion} gave it
 */
export async function markBuckets(
  transaction: Knex.Transaction,
  buckets: readonly EdgeBucket[],
  version: number,
): Promise<void> {
  await mark(
    transaction,
    buckets.map(({ table, bucket }) => ({ part: table, bucket, version })),
  );
}

/**
 * Says that a change has forgotten edges.
 *
 * @param version - as {@link takeEdgeVersion} gave it
 */
export async function markForgotten(
  transaction: Knex.Transaction,
  version: number,
): Promise<void> {
  await mark(transaction, [{ part: 'forgotten', bucket: 0, version }]);
}

async function mark(knex: Knex, rows: object[]): Promise<void> {
  const merge = { version: knex.raw('excluded.version') };
  await upsert(knex, { table: TABLE, rows, key: KEY, merge });
}

/**
 * The number of the last change that has forgotten edges. 0: there was none.
 *
 * @param transaction - after {@link takeEdgeVersion}: there is none meanwhile
 */
export async function readForgotten(
  transaction: Knex.Transaction,
): Promise<number> {
  const row = await transaction(TABLE).where({ part: 'forgotten' }).first();
  return Number(row?.version ?? 0);
}

/**
 * Forgets buckets that were deleted.
 *
 * @param options - `before` in milliseconds since the epoch
 */
export async function forgetBuckets(
  knex: Knex,
  options: { table: EdgeSumsTable; before: number },
): Promise<void> {
  await knex(TABLE)
    .where({ part: options.table })
    .where('bucket', '<', options.before)
    .delete();
}

/**
 * What changed last, and in the buckets that begin within ranges, one after the other.
 */
export async function readEdgeVersions(
  knex: Knex,
  ranges: readonly (TimeRange & { table: EdgeSumsTable })[],
): Promise<EdgeVersions> {
  const rows: any[] = await knex(TABLE)
    .orderBy(KEY)
    .whereIn('part', ['edges', 'forgotten'])
    .modify(query => {
      for (const { table, from, to } of ranges) {
        query.orWhere(range =>
          range
            .where({ part: table })
            .where('bucket', '>=', from)
            .where('bucket', '<', to),
        );
      }
    });
  const versions: EdgeVersions = { edges: 0, forgotten: 0, buckets: [] };
  for (const row of rows) {
    const version = Number(row.version);
    if (row.part === 'edges' || row.part === 'forgotten') {
      versions[row.part as 'edges' | 'forgotten'] = version;
    } else {
      const bucket = Number(row.bucket);
      versions.buckets.push({ table: row.part, bucket, version });
    }
  }
  return versions;
}
