import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { toError } from '@backstage/errors';
import {
  keptBuckets,
  keptResources,
  removedResources,
} from './describeStackEvents';
import type { RecordResult } from './followRecord';
import type { ProductProvisioner } from './ProductProvisioner';
import type { StackEventLog } from './StackEventLog';
import { describeStackFailure, stackFailures } from './stackFailures';

/**
 * Removes what a failed or cancelled launch left, and puts into words what happened.
 *
 * @returns what was rolled back, or what is left and has to be removed by hand
 */
export async function rollBackProduct(options: {
  provisioner: ProductProvisioner;
  provisionedProductId: string;
  token: string;
  events: StackEventLog;
}): Promise<string> {
  const { provisioner, provisionedProductId, token, events } = options;
  const { accountId } = provisioner.place;
  const byHand = (reason: string) =>
    `It could not be removed again (${reason}): remove provisioned product ${provisionedProductId} in account ${accountId} by hand.`;
  try {
    const result = await provisioner.remove({
      product: { id: provisionedProductId },
      token,
      events,
    });
    if (result && !result.succeeded) {
      return byHand(explainFailure({ result, events }));
    }
  } catch (error) {
    return byHand(toError(error).message);
  }
  const emptied = await removeKeptBuckets(provisioner, events.events);
  return describeRemoval({ events: events.events, accountId, emptied });
}

/**
 * A template may keep its bucket for what is in it. That of a launch which was never over has nothing in it.
 *
 * @returns names of the buckets that are gone
 */
async function removeKeptBuckets(
  provisioner: ProductProvisioner,
  events: StackEvent[],
): Promise<string[]> {
  const gone: string[] = [];
  for (const bucket of keptBuckets(events)) {
    try {
      await provisioner.removeEmptyBucket(bucket);
      gone.push(bucket);
    } catch {
      // It holds something, or is not the portal's to remove: it is told of as kept.
    }
  }
  return gone;
}

/**
 * What a stack's deletion took away, and what it left.
 *
 * @param options - `emptied`: names of what the stack left and is gone since
 */
export function describeRemoval(options: {
  events: StackEvent[];
  accountId: string;
  emptied?: readonly string[];
}): string {
  const { events, accountId, emptied = [] } = options;
  const removed = [...removedResources(events), ...emptied];
  const kept = keptResources(events, emptied);
  return [
    ...(removed.length ? [`Rolled back: ${removed.join(', ')}.`] : []),
    kept.length
      ? `Its template keeps ${kept.join(
          ', ',
        )} in account ${accountId}: remove that by hand. Nothing else of it is left.`
      : `Nothing of it is left in account ${accountId}.`,
  ].join(' ');
}

/** Which resources failed and why, else what Service Catalog says. */
export function explainFailure(options: {
  result: RecordResult;
  events: StackEventLog;
}): string {
  const failures = stackFailures(options.events.events).map(
    describeStackFailure,
  );
  return (
    (failures.length ? failures : options.result.errors).join('; ') ||
    'AWS gave no reason'
  );
}
