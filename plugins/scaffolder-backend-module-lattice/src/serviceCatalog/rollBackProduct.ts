import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { toError } from '@backstage/errors';
import { keptResources, removedResources } from './describeStackEvents';
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
  return describeRemoval({ events: events.events, accountId });
}

/** What a stack's deletion took away, and what it left. */
export function describeRemoval(options: {
  events: StackEvent[];
  accountId: string;
}): string {
  const { events, accountId } = options;
  const removed = removedResources(events);
  const kept = keptResources(events);
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
