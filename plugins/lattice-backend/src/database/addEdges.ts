import type { Knex } from 'knex';
import { addCalls, type CallSums, laterBy } from '../ingest/callSums';
import type { FoldedEdge } from '../ingest/rollUp';
import type { EdgeNumbers } from './EdgeNumbers';
import {
  type EdgeSumsTable,
  markBuckets,
  takeEdgeVersion,
} from './edgeVersions';
import { noteNewest } from './newestCalls';
import { packEdges, type PackedEdges, unpackEdges } from './packedEdges';
import { ServiceBuckets } from './ServiceBuckets';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Adds the hours of edges to what is kept of them, by the hour, by the day and in all. If the transaction
 * does not end well, {@link EdgeNumbers.forget} has to be called.
 */
export async function addEdges(
  knex: Knex.Transaction,
  edges: readonly FoldedEdge[],
  edgeNumbers: EdgeNumbers,
): Promise<void> {
  if (edges.length === 0) {
    return;
  }
  // Changes wait for one another from here on.
  const version = await takeEdgeVersion(knex);
  const numbers = await edgeNumbers.of(knex, edges);
  await noteNewest(knex, { edges, numbers, version });
  const hours = new ServiceBuckets<PackedEdges>();
  const days = new ServiceBuckets<PackedEdges>();
  for (const [
    index,
    { service_arn: service, hours: ofEdge },
  ] of edges.entries()) {
    for (const [hour, sums] of ofEdge) {
      const day = hour - (hour % DAY);
      hours.ensure(hour, service, () => new Map()).set(numbers[index], sums);
      addTo(
        days.ensure(day, service, () => new Map()),
        numbers[index],
        laterBy(sums, hour - day),
      );
    }
  }
  for (const [table, buckets] of [
    ['edges_1h', hours],
    ['edges_1d', days],
  ] as [EdgeSumsTable, ServiceBuckets<PackedEdges>][]) {
    await buckets.addTo(knex, { table, column: 'edges', merge: merged });
    await markBuckets(
      knex,
      buckets.starts.map(bucket => ({ table, bucket })),
      version,
    );
  }
}

function merged(before: string | undefined, added: PackedEdges): string {
  if (before === undefined) {
    return packEdges(added);
  }
  const all = unpackEdges(before);
  for (const [number, sums] of added) {
    addTo(all, number, sums);
  }
  return packEdges(all);
}

/** @param sums - that are not used elsewhere */
function addTo(edges: PackedEdges, number: number, sums: CallSums): void {
  const known = edges.get(number);
  if (known) {
    addCalls(known, sums);
  } else {
    edges.set(number, sums);
  }
}
