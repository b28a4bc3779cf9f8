import { setTimeout } from 'node:timers/promises';
import { consoleSentence } from './consoleLinks';
import { failureMessage } from './failureMessage';
import type { RecordResult } from './followRecord';
import { idempotencyToken } from './idempotencyToken';
import type { LaunchedProduct, ProductProvisioner } from './ProductProvisioner';
import { explainFailure, rollBackProduct } from './rollBackProduct';
import { adviseOn, stackFailures } from './stackFailures';

/**
 * Milliseconds. Backstage looks once a second for a cancellation, and after it does no step that could take
 * back what was made: one that was asked for while AWS was at work has to be heard here.
 */
const CANCELLATION_DELAY = 1_500;

const CANCELLED =
  'Cancelled. AWS takes nothing back halfway: it is removed as soon as it is made.';

/**
 * Waits for a launched product. If it fails or the run is cancelled, removes all of it again.
 *
 * @throws an error that says which resource failed, why, and what was rolled back
 */
export async function completeLaunch(options: {
  provisioner: ProductProvisioner;
  launched: LaunchedProduct;
  provisionedProductName: string;
  /** Token of the launch; that of the removal is made from it. */
  token: string;
  signal?: AbortSignal;
  log: (line: string) => void;
}): Promise<RecordResult & { stackArn?: string }> {
  const { provisioner, launched, signal, log, token } = options;
  const { provisionedProductId, recordId } = launched;
  const events = provisioner.eventsOf(provisionedProductId);
  let cancelSaid = false;
  const result = await provisioner.follow({
    recordId,
    events,
    onWait: () => {
      if (signal?.aborted && !cancelSaid) {
        cancelSaid = true;
        log(CANCELLED);
      }
    },
  });
  if (result.succeeded && !(await isCancelled(signal))) {
    return { ...result, stackArn: events.stackArn };
  }
  // Said before the events of the removal can add failures of their own.
  const why = result.succeeded
    ? 'The run was cancelled'
    : explainFailure({ result, events });
  const advice = result.succeeded ? [] : adviseOn(stackFailures(events.events));
  log(`${why}. Removing what was made`);
  const rolledBack = await rollBackProduct({
    provisioner,
    provisionedProductId,
    token: idempotencyToken(token, 'roll back'),
    events,
  });
  throw new Error(
    failureMessage(
      `${options.provisionedProductName} was not made in account ${provisioner.place.accountId}.`,
      [`${why}.`, ...advice, rolledBack, ...consoleSentence(events.stackArn)],
    ),
  );
}

/** Whether a run is cancelled, also if that was asked for just now. */
async function isCancelled(signal: AbortSignal | undefined): Promise<boolean> {
  if (signal && !signal.aborted) {
    await setTimeout(CANCELLATION_DELAY, undefined, { signal }).catch(() => {});
  }
  return Boolean(signal?.aborted);
}
