import type { Knex } from 'knex';
import type { FoldedEdge } from '../ingest/rollUp';
import {
  type PackedNewest,
  packNewest,
  unpackNewest,
  unpackNews,
} from './packedNewest';
import { forValues, MOST_VALUES, piecesOf } from './sql';
import { upsert } from './upsert';

const TABLE = 'newest_calls';

/** What is newest of the edges of services, by the service. */
export type NewestByService = Map<string, PackedNewest>;

/** The same, as it is kept. */
export type NewestTexts = ReadonlyMap<string, string>;

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
  return unpacked(
    textsOf(
      await forValues(services, piece =>
        knex(TABLE).whereIn('service_arn', piece),
      ),
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
  return unpacked(await readNewestTexts(knex, version));
}

/** Reads the same, as it is kept: to unpack it takes far longer than to read it. */
export async function readNewestTexts(
  knex: Knex,
  version = 0,
): Promise<NewestTexts> {
  return textsOf(await knex(TABLE).where('version', '>', version));
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
  return joined(newest.values());
}

/**
 * What is new of each edge in texts that were read anew.
 *
 * @param before - of the same services, and of others. Of a service that it does not have, all is new
 */
export function newsByNumber(
  texts: NewestTexts,
  before: NewestTexts,
): PackedNewest {
  return joined(
    Array.from(texts, ([service, text]) =>
      unpackNews(text, before.get(service)),
    ),
  );
}

function joined(parts: Iterable<PackedNewest>): PackedNewest {
  const all: PackedNewest = new Map();
  for (const calls of parts) {
    for (const [number, call] of calls) {
      all.set(number, call);
    }
  }
  return all;
}

function textsOf(rows: any[]): NewestTexts {
  return new Map(rows.map(row => [row.service_arn, row.calls]));
}

function unpacked(texts: NewestTexts): NewestByService {
  return new Map(
    Array.from(texts, ([service, text]) => [service, unpackNewest(text)]),
  );
}
