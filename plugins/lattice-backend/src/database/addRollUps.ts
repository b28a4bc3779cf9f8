import type { Knex } from 'knex';
import type { AccessEvidence } from '../accessRequests/AccessWatch';
import { durationBounds } from '../ingest/durationHistogram';
import type { EdgeRow, RollUps } from '../ingest/rollUp';
import { mergeOf, upsert } from './sql';

const durationColumns = Array.from(
  { length: durationBounds.length + 1 },
  (_, index) => `duration_${index}`,
);

/**
 * Adds rows to what the roll-up tables hold already.
 */
export async function addRollUps(knex: Knex, rollUps: RollUps): Promise<void> {
  const outcomes = mergeOf(knex, 'outcomes_5m');
  await upsert(knex, {
    table: 'outcomes_5m',
    rows: rollUps.outcomes,
    key: ['service_arn', 'bucket', 'outcome'],
    merge: outcomes.sum(['count']),
  });
  const edges = mergeOf(knex, 'edges_1h');
  await upsert(knex, {
    table: 'edges_1h',
    rows: rollUps.edges,
    key: ['bucket', 'service_arn', 'caller_id', 'source_vpc_id', 'outcome'],
    merge: {
      ...edges.sum(['count', ...durationColumns]),
      ...edges.least('first_seen'),
      ...edges.ofGreater('last_seen', ['last_seen']),
    },
  });
  const newest = mergeOf(knex, 'newest_calls');
  await upsert(knex, {
    table: 'newest_calls',
    rows: newestOf(rollUps.edges),
    key: ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'],
    merge: newest.ofGreater('last_seen', ['last_seen']),
  });
  const causes = mergeOf(knex, 'denied_causes_1h');
  await upsert(knex, {
    table: 'denied_causes_1h',
    rows: rollUps.causes,
    key: ['bucket', 'cause_id'],
    merge: {
      ...causes.sum(['count']),
      ...causes.least('first_seen'),
      ...causes.ofGreater('last_seen', ['last_seen', 'example_id']),
    },
  });
  await upsert(knex, {
    table: 'denied_requests',
    rows: rollUps.denied,
    key: ['id'],
  });
}

/**
 * Adds to what is known of applied access requests.
 */
export async function addEvidence(
  knex: Knex,
  evidence: AccessEvidence[],
): Promise<void> {
  const table = 'access_request_evidence';
  const merge = mergeOf(knex, table);
  await upsert(knex, {
    table,
    rows: evidence.map(row => ({
      request_id: row.requestId,
      kind: row.kind,
      count: row.count,
      first_seen: row.firstSeen,
      last_seen: row.lastSeen,
      example: row.example,
    })),
    key: ['request_id', 'kind'],
    merge: {
      ...merge.sum(['count']),
      ...merge.least('first_seen'),
      ...merge.ofGreater('last_seen', ['last_seen', 'example']),
    },
  });
}

/** The newest call of each edge, whatever its hour: PostgreSQL changes no row twice in a statement. */
function newestOf(edges: EdgeRow[]): object[] {
  const newest = new Map<string, EdgeRow>();
  for (const edge of edges) {
    const key = JSON.stringify([
      edge.service_arn,
      edge.caller_id,
      edge.source_vpc_id,
      edge.outcome,
    ]);
    const other = newest.get(key);
    if (!other || other.last_seen < edge.last_seen) {
      newest.set(key, edge);
    }
  }
  return [...newest.values()].map(
    ({ service_arn, caller_id, source_vpc_id, outcome, last_seen }) => ({
      service_arn,
      caller_id,
      source_vpc_id,
      outcome,
      last_seen,
    }),
  );
}
