import { toError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { GitRepositories } from '../git/GitRepositories';
import { completeLaunch } from '../serviceCatalog/completeLaunch';
import { idempotencyToken } from '../serviceCatalog/idempotencyToken';
import { prepareLaunch } from '../serviceCatalog/prepareLaunch';
import { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../serviceCatalog/ProvisioningClients';
import { productProvisionExamples } from './productExamples';
import {
  productProvisionInput,
  productProvisionOutput,
} from './productProvisionSchema';
import type { ProvisioningOptions } from './ProvisioningOptions';

/**
 * The action `lattice:product:provision`: launches a Service Catalog product in an account and waits for it. If that
 * fails or is cancelled, everything it made is removed again.
 *
 * @public
 */
export function createProductProvisionAction(
  options: ProvisioningOptions & { repositories?: GitRepositories },
) {
  const { aws, pollIntervalSeconds, repositories } = options;
  return createTemplateAction({
    id: 'lattice:product:provision',
    description:
      'Launches an AWS Service Catalog product and waits until it is there. Removes it again if it fails.',
    examples: productProvisionExamples,
    supportsDryRun: true,
    schema: { input: productProvisionInput, output: productProvisionOutput },
    async handler(ctx) {
      const { accountId, region, provisionedProductName } = ctx.input;
      const place = { accountId, region };
      const log = (line: string) => ctx.logger.info(line);
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
        ctx.output('provisionedProductName', provisionedProductName);
        if (ctx.isDryRun) {
          const { offer } = await prepareLaunch({ ...clients, ...ctx.input });
          log(`Would launch ${offer.productName} (${offer.artifactName})`);
          ctx.output('outputs', {});
          return;
        }
        // Kept across restarts, so that a run that goes on watches the record it started.
        const launched = await ctx.checkpoint({
          key: `launch.${accountId}.${region}.${provisionedProductName}`,
          fn: async () => {
            const { offer, values } = await prepareLaunch({
              ...clients,
              ...ctx.input,
            });
            log(
              `Launching ${offer.productName} (${offer.artifactName}) as ${provisionedProductName} in account ${accountId}, ${region}`,
            );
            return provisioner.launch({
              offer,
              values,
              provisionedProductName,
              token,
            });
          },
        });
        ctx.output('provisionedProductId', launched.provisionedProductId);
        ctx.output('recordId', launched.recordId);
        const { outputs, stackArn } = await completeLaunch({
          provisioner,
          launched,
          provisionedProductName,
          token,
          signal: ctx.signal,
          log,
        });
        ctx.output('outputs', outputs);
        ctx.output('stackArn', stackArn);
        log(`${provisionedProductName} is there`);
      } catch (caught) {
        const error = toError(caught);
        const { repository: name } = ctx.input;
        if (name && repositories && !ctx.isDryRun) {
          // Here rather than in a step of its own: after a cancelled step no other runs.
          const publishedBy = ctx.task.id;
          if (await repositories.removeIfPublishedBy({ name, publishedBy })) {
            error.message += ` Repository ${name} was removed again.`;
          }
        }
        throw error;
      }
    },
  });
}
