import { ConflictError, toError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { DefaultAuthPolicyStore } from '@lattice-portal/plugin-lattice-node';
import type { SourceRepositories } from '../git/GitRepositories';
import { checkStillStands, describeLosses } from '../policies/checkPolicy';
import { completeLaunch } from '../serviceCatalog/completeLaunch';
import { completeUpdate } from '../serviceCatalog/completeUpdate';
import {
  decideLaunch,
  discardDecision,
  startLaunch,
} from '../serviceCatalog/decideLaunch';
import { withParticular } from '../serviceCatalog/failureMessage';
import { idempotencyToken } from '../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { tellStanding } from '../serviceCatalog/tellStanding';
import { provisioningClients } from '../serviceCatalog/ProvisioningClients';
import { describeTakenBack } from './describeTakenBack';
import { productProvisionExamples } from './productExamples';
import {
  productProvisionInput,
  productProvisionOutput,
} from './productProvisionSchema';
import type { ProvisioningOptions } from './ProvisioningOptions';

/**
 * The action `lattice:product:provision`: launches a Service Catalog product in an account and waits for it. If that
 * fails or is cancelled, everything it made is removed again. What the same template made before is changed instead;
 * a change that fails or is cancelled is rolled back.
 *
 * @public
 */
export function createProductProvisionAction(
  options: ProvisioningOptions & { repositories?: SourceRepositories },
) {
  const { aws, pollIntervalSeconds, repositories } = options;
  // Reads only: what stands in a policy is changed by the product's stack.
  const policies = DefaultAuthPolicyStore.create({ aws });
  return createTemplateAction({
    id: 'lattice:product:provision',
    description:
      'Launches or updates an AWS Service Catalog product and waits until that is done. Takes it back if it fails.',
    examples: productProvisionExamples,
    supportsDryRun: true,
    schema: { input: productProvisionInput, output: productProvisionOutput },
    async handler(ctx) {
      const { accountId, region, provisionedProductName } = ctx.input;
      const place = { accountId, region };
      const log = (line: string) => ctx.logger.info(line);
      const key = `${accountId}.${region}.${provisionedProductName}`;
      const token = idempotencyToken(
        ctx.task.id,
        ctx.step?.id ?? '',
        accountId,
        region,
        provisionedProductName,
      );
      try {
        options.checkMayProvision({ user: ctx.user, accountId });
        const clients = provisioningClients({ aws, ...place });
        const provisioner = ProductProvisioner.create({
          clients,
          place,
          pollIntervalSeconds,
          log,
        });
        const common = { clients, provisioner, provisionedProductName, token };
        ctx.output('provisionedProductName', provisionedProductName);
        const decide = () =>
          decideLaunch({
            ...ctx.input,
            ...common,
            aws,
            policies,
            isDryRun: Boolean(ctx.isDryRun),
            pollIntervalSeconds,
            log,
            template: ctx.templateInfo?.entityRef,
          });
        // Kept across restarts, so that what was shown is what is done.
        let decision = ctx.isDryRun
          ? await decide()
          : await ctx.checkpoint({ key: `plan.${key}`, fn: decide });
        if (decision.first) {
          await tellStanding({
            ...common,
            decision: { ...decision, first: decision.first },
            start: fn => ctx.checkpoint({ key: `standing.${key}`, fn }),
            log,
          });
          decision = await ctx.checkpoint({ key: `replan.${key}`, fn: decide });
          if (decision.first) {
            throw new ConflictError(
              `The auth policy of ${provisionedProductName} is being changed by others. Nothing was changed. Run the template again.`,
            );
          }
        }
        const { kind, offer, plan, policy } = decision;
        ctx.output('plan', plan.status === 'planned' ? plan.changes : []);
        ctx.output('planStatus', plan.status);
        ctx.output('updated', kind === 'update' && plan.status !== 'unchanged');
        if (ctx.isDryRun) {
          await discardDecision({ decision, ...common });
          log(
            `Would ${kind === 'create' ? 'launch' : 'update'} ${
              offer.productName
            } (${offer.artifactName})`,
          );
          ctx.output('outputs', decision.outputs);
          return;
        }
        if (plan.status === 'unchanged' && kind === 'update') {
          ctx.output('outputs', decision.outputs);
          log(`${provisionedProductName} is so already`);
          return;
        }
        // Kept across restarts, so that a run that goes on watches the record it started.
        const launched = await ctx.checkpoint({
          key: `launch.${key}`,
          fn: async () => {
            if (ctx.signal?.aborted) {
              await discardDecision({ decision, ...common });
              throw new Error('Cancelled before anything was made or changed.');
            }
            try {
              if (policy) {
                await checkStillStands({ policies, plan: policy });
              }
            } catch (error) {
              await discardDecision({ decision, ...common });
              throw error;
            }
            log(
              `${kind === 'create' ? 'Launching' : 'Updating'} ${
                offer.productName
              } (${
                offer.artifactName
              }) as ${provisionedProductName} in account ${accountId}, ${region}`,
            );
            return startLaunch({ decision, ...common });
          },
        });
        ctx.output('recordId', launched.recordId);
        const watch = { ...common, launched, signal: ctx.signal, log };
        if (kind === 'create') {
          // Not for a change: clean-up steps remove what has this id.
          ctx.output('provisionedProductId', launched.provisionedProductId);
        }
        const { outputs, stackArn } =
          kind === 'create'
            ? await completeLaunch(watch)
            : await completeUpdate({
                ...watch,
                losses: async succeeded =>
                  policy
                    ? describeLosses({ policies, plan: policy, succeeded })
                    : '',
              });
        ctx.output('outputs', outputs);
        ctx.output('stackArn', stackArn);
        log(
          `${provisionedProductName} is ${
            kind === 'create' ? 'there' : 'updated'
          }`,
        );
      } catch (caught) {
        const error = toError(caught);
        const { repository: name } = ctx.input;
        if (name && repositories && !ctx.isDryRun) {
          // Here rather than in a step of its own: after a cancelled step no other runs.
          const publishedBy = ctx.task.id;
          const taken = await repositories.takeBack({ name, publishedBy });
          const told = describeTakenBack({ name, taken });
          if (told) {
            throw withMore(error, told);
          }
        }
        throw error;
      }
    },
  });
}

/** The same error with more in its message; a stack that was read already keeps the old one. */
function withMore(error: Error, text: string): Error {
  const sentence = `${text[0].toUpperCase()}${text.slice(1)}.`;
  const message = withParticular(error.message, sentence);
  const told = new Error(message, { cause: error });
  told.name = error.name;
  return told;
}
