import type { Knex } from 'knex';
import type { FoldedEdge } from '../ingest/rollUp';
import { type PackedNewest, packNewest, unpackNewest } from './packedNewest';
import { forValues, MOST_VALUES, piecesOf } from './sql';
import { upsert } from './upsert';

const TABLE = 'newest_calls';

/** What is newest of the edges of services, by the service. */
export type NewestByService = Map<string, PackedNewest>;

/**
 * Notes what is newest of edges that have calls.
 *
 * @param options - `numbers`: of the edges; `version`: as `takeEdgeVersion` gave it in the transaction
 */
export async function noteNewest(
  transaction: Knex.Transaction,
  options: {
    edges: readonly FoldedEdge[];
    numbers: readonly number[];
    version: number;
  },
): Promise<void> {
  const { edges, numbers, version } = options;
  const services = new Set(edges.map(edge => edge.service_arn));
  const newest = await readNewest(transaction, [...services]);
  for (const [index, edge] of edges.entries()) {
    let calls = newest.get(edge.service_arn);
    if (!calls) {
      calls = new Map();
      newest.set(edge.service_arn, calls);
    }
    const known = calls.get(numbers[index]);
    if (!known || known.lastSeen < edge.last_seen) {
      calls.set(numbers[index], {
        lastSeen: edge.last_seen,
        deniedRequestId: edge.last_denied_id || undefined,
      });
    }
  }
  await writeNewest(transaction, newest, version);
}

/** Reads it of some services that are known. */
export async function readNewest(
  knex: Knex,
  services: string[],
): Promise<NewestByService> {
  return byService(
    await forValues(services, piece =>
      knex(TABLE).whereIn('service_arn', piece),
    ),
  );
}

/**
 * Reads it of all services in which something changed.
 *
 * @param version - the number of the last change that is known. Absent: there is none
 */
export async function readNewestSince(
  knex: Knex,
  version = 0,
): Promise<NewestByService> {
  return byService(await knex(TABLE).where('version', '>', version));
}

/**
 * Writes it anew. Where a service has no edge any more, nothing is kept.
 *
 * @param version - as `takeEdgeVersion` gave it in the transaction
 */
export async function writeNewest(
  transaction: Knex.Transaction,
  newest: NewestByService,
  version: number,
): Promise<void> {
  const rows: object[] = [];
  const gone: string[] = [];
  for (const [service, calls] of newest) {
    if (calls.size > 0) {
      rows.push({ service_arn: service, calls: packNewest(calls), version });
    } else {
      gone.push(service);
    }
  }
  await upsert(transaction, {
    table: TABLE,
    rows,
    key: ['service_arn'],
    merge: {
      calls: transaction.raw('excluded.calls'),
      version: transaction.raw('excluded.version'),
    },
  });
  for (const piece of piecesOf(gone, MOST_VALUES)) {
    await transaction(TABLE).whereIn('service_arn', piece).delete();
  }
}

/** What is newest of each edge, whatever its service. */
export function newestByNumber(newest: NewestByService): PackedNewest {
  const all: PackedNewest = new Map();
  for (const calls of newest.values()) {
    for (const [number, call] of calls) {
      all.set(number, call);
    }
  }
  return all;
}

function byService(rows: any[]): NewestByService {
  return new Map(
    rows.map(row => [row.service_arn, unpackNewest(row.calls)] as const),
  );
}
