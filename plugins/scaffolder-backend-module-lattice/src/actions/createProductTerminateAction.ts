import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { consoleSentence } from '../serviceCatalog/consoleLinks';
import { idempotencyToken } from '../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../serviceCatalog/ProvisioningClients';
import { explainFailure } from '../serviceCatalog/rollBackProduct';
import { productTerminateExamples } from './productExamples';
import type { ProvisioningOptions } from './ProvisioningOptions';

/**
 * The action `lattice:product:terminate`: removes a provisioned product and everything it made. One that isn't there
 * (any more) is no error.
 *
 * @public
 */
export function createProductTerminateAction(options: ProvisioningOptions) {
  const { aws, pollIntervalSeconds } = options;
  return createTemplateAction({
    id: 'lattice:product:terminate',
    description:
      'Removes a product that AWS Service Catalog provisioned, with everything it made.',
    examples: productTerminateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        accountId: z =>
          z.string().regex(/^\d{12}$/, 'an account number has 12 digits'),
        region: z => z.string(),
        provisionedProductId: z => z.string().optional(),
        provisionedProductName: z =>
          z.string().optional().describe('Instead of provisionedProductId'),
      },
      output: {
        terminated: z =>
          z.boolean().describe('False: there was nothing of that name'),
      },
    },
    async handler(ctx) {
      const {
        accountId,
        region,
        provisionedProductId: id,
        provisionedProductName: name,
      } = ctx.input;
      const product = id ? { id } : name && { name };
      if (!product) {
        throw new InputError(
          'Give provisionedProductId or provisionedProductName',
        );
      }
      options.checkMayProvision({ user: ctx.user, accountId });
      const label = id ?? name;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would remove ${label} from account ${accountId}`);
        ctx.output('terminated', true);
        return;
      }
      const provisioner = ProductProvisioner.create({
        clients: provisioningClients({ aws, accountId, region }),
        place: { accountId, region },
        pollIntervalSeconds,
        log: line => ctx.logger.info(line),
      });
      const token = idempotencyToken(
        ctx.task.id,
        ctx.step?.id ?? '',
        `terminate ${label}`,
      );
      // Asked again after a restart, the same token gives the same record: no checkpoint is needed.
      const result = await provisioner.remove({ product, token });
      if (result && !result.succeeded) {
        throw new Error(
          [
            `${label} could not be removed from account ${accountId}: ${explainFailure(
              { result, events: result.events },
            )}. Mend that, then run it again.`,
            ...consoleSentence(result.events.stackArn),
          ].join(' '),
        );
      }
      ctx.logger.info(
        result
          ? `${label} is removed from account ${accountId}`
          : `Account ${accountId} has no ${label}`,
      );
      ctx.output('terminated', result !== undefined);
    },
  });
}
