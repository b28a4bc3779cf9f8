import { idempotencyToken } from './idempotencyToken';
import type { LaunchDecision } from './decideLaunch';
import type { LaunchedProduct, ProductProvisioner } from './ProductProvisioner';
import { explainFailure } from './rollBackProduct';

/**
 * Tells the stack of a product which auth policy stands in AWS, so that CloudFormation goes back to that one, and not to
 * an older one, if a change fails. What stands there stays.
 *
 * @throws an error that says why it can't be told; then nothing is changed
 */
export async function tellStanding(options: {
  decision: LaunchDecision & Required<Pick<LaunchDecision, 'first'>>;
  provisioner: ProductProvisioner;
  provisionedProductName: string;
  token: string;
  /** Keeps what was started across restarts. */
  start: (fn: () => Promise<LaunchedProduct>) => Promise<LaunchedProduct>;
  log: (line: string) => void;
}): Promise<void> {
  const { decision, provisioner, provisionedProductName, start, log } = options;
  const provisionedProductId = decision.provisionedProductId ?? '';
  log(
    'The policy in AWS is another than the one the stack made: telling the stack first',
  );
  const { recordId, startedAt } = await start(() =>
    provisioner.update({
      ...decision.first,
      provisionedProductName,
      provisionedProductId,
      token: idempotencyToken(options.token, 'standing'),
    }),
  );
  const events = provisioner.eventsOf(provisionedProductId, startedAt);
  const result = await provisioner.follow({ recordId, events });
  if (!result.succeeded) {
    throw new Error(
      `${provisionedProductName} was not changed: its stack can't be told which auth policy stands in AWS. ${explainFailure(
        { result, events },
      )}.`,
    );
  }
}
