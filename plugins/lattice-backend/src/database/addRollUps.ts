import type { Knex } from 'knex';
import type { AccessEvidence } from '../accessRequests/AccessWatch';
import type { RollUps } from '../ingest/rollUp';
import { addCauses } from './addCauses';
import { addEdges } from './addEdges';
import { addOutcomes } from './addOutcomes';
import type { EdgeNumbers } from './EdgeNumbers';
import { mergeOf } from './sql';
import { upsert } from './upsert';

/**
 * Adds rows to what the roll-up tables hold already. If the transaction does not end well,
 * {@link EdgeNumbers.forget} has to be called.
 */
export async function addRollUps(
  knex: Knex.Transaction,
  rollUps: RollUps,
  numbers: EdgeNumbers,
): Promise<void> {
  await addOutcomes(knex, rollUps.outcomes);
  await addEdges(knex, rollUps.edges, numbers);
  await addCauses(knex, rollUps.causes);
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
