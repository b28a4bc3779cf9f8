import type { Knex } from 'knex';
import { addCounts } from '../ingest/outcomeCounts';
import type { FoldedOutcome } from '../ingest/rollUp';
import {
  type PackedOutcome,
  packOutcomes,
  unpackOutcomes,
} from './packedOutcomes';
import { ServiceBuckets } from './ServiceBuckets';

/**
 * Adds outcomes to what is kept of them, by the hour.
 *
 * @param transaction - that holds the lease: nobody else adds to them meanwhile
 */
export async function addOutcomes(
  transaction: Knex.Transaction,
  outcomes: readonly FoldedOutcome[],
): Promise<void> {
  const hours = new ServiceBuckets<PackedOutcome[]>();
  for (const folded of outcomes) {
    hours
      .ensure(folded.bucket, folded.service_arn, () => [])
      .push({
        outcome: folded.outcome,
        serviceNetworkArn: folded.service_network_arn,
        counts: folded.counts,
      });
  }
  await hours.addTo(transaction, {
    table: 'outcomes_5m',
    column: 'outcomes',
    merge: (before, added) =>
      packOutcomes(before ? sumOf(unpackOutcomes(before), added) : added),
  });
}

function sumOf(
  before: readonly PackedOutcome[],
  added: readonly PackedOutcome[],
): PackedOutcome[] {
  const all = [...before];
  for (const outcome of added) {
    const known = all.find(
      other =>
        other.outcome === outcome.outcome &&
        other.serviceNetworkArn === outcome.serviceNetworkArn,
    );
    if (known) {
      addCounts(known.counts, outcome.counts);
    } else {
      all.push(outcome);
    }
  }
  return all;
}
