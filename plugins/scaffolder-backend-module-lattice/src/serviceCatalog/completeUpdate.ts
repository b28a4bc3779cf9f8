import { stringifyError } from '@backstage/errors';
import { consoleSentence } from './consoleLinks';
import { describeRollBack } from './describeRollBack';
import { failureMessage } from './failureMessage';
import type { RecordResult } from './followRecord';
import type { LaunchedProduct, ProductProvisioner } from './ProductProvisioner';
import { explainFailure } from './rollBackProduct';
import { adviseOn, stackFailures } from './stackFailures';

/**
 * Waits for the change of a product. AWS rolls a change back that fails; one that is cancelled is asked to be.
 *
 * @throws an error that says which resource failed, why, what was rolled back and what stays
 */
export async function completeUpdate(options: {
  provisioner: ProductProvisioner;
  launched: LaunchedProduct;
  provisionedProductName: string;
  signal?: AbortSignal;
  /** What of the auth policy was lost, in a sentence; empty: nothing. */
  losses: (succeeded: boolean) => Promise<string>;
  log: (line: string) => void;
}): Promise<RecordResult & { stackArn?: string }> {
  const { provisioner, launched, provisionedProductName, signal, log } =
    options;
  const { provisionedProductId, recordId, startedAt } = launched;
  const events = provisioner.eventsOf(provisionedProductId, startedAt);
  let cancelling = false;
  const result = await provisioner.follow({
    recordId,
    events,
    onWait: async () => {
      if (signal?.aborted && !cancelling && events.stackArn) {
        cancelling = true;
        log(await cancel(provisioner, events.stackArn));
      }
    },
  });
  const lost = await options.losses(result.succeeded);
  if (result.succeeded && lost) {
    log(lost);
  }
  if (result.succeeded && !signal?.aborted) {
    return { ...result, stackArn: events.stackArn };
  }
  const { accountId } = provisioner.place;
  if (result.succeeded) {
    throw new Error(
      `${provisionedProductName} was changed in account ${accountId} all the same: the run was cancelled too late for AWS to stop. Run the template again with the answers from before to change it back.`,
    );
  }
  const why = signal?.aborted
    ? 'The run was cancelled'
    : explainFailure({ result, events });
  throw new Error(
    failureMessage(
      `${provisionedProductName} was not changed in account ${accountId}.`,
      [
        `${why}.`,
        ...(signal?.aborted ? [] : adviseOn(stackFailures(events.events))),
        describeRollBack(events.events),
        ...(lost ? [lost] : []),
        ...consoleSentence(events.stackArn),
      ],
    ),
  );
}

async function cancel(
  provisioner: ProductProvisioner,
  stackArn: string,
): Promise<string> {
  try {
    await provisioner.cancelUpdate(stackArn);
    return 'Cancelled. AWS was asked to stop and to roll back';
  } catch (error) {
    return `Cancelled, but AWS can't be stopped, so the end is waited for: ${stringifyError(
      error,
    )}`;
  }
}
