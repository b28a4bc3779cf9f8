import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { latticeClientFor } from '../../accessRequests/latticeClientFor';
import { leaveVpc } from '../../retire/vpc/leaveVpc';
import { idempotencyToken } from '../../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../../serviceCatalog/ProvisioningClients';
import { checkTyped } from './retireInput';
import type { RetireOptions } from './RetireOptions';
import { retireOutput, stepRecorder } from './retireOutput';
import { vpcLeaveExamples, vpcLeaveInput } from './vpcLeaveSchema';

const DEFAULT_DAYS = 7;

/**
 * The action `lattice:vpc:leave`: removes the product by which a VPC is in a service network, an association or an
 * endpoint, after it told who would lose access. One that is gone already is no error.
 *
 * @public
 */
export function createVpcLeaveAction(options: RetireOptions) {
  const { aws, pollIntervalSeconds } = options;
  return createTemplateAction({
    id: 'lattice:vpc:leave',
    description:
      'Takes a VPC out of a service network, and tells before who would lose access.',
    examples: vpcLeaveExamples,
    supportsDryRun: true,
    schema: { input: vpcLeaveInput, output: retireOutput },
    async handler(ctx) {
      const { accountId, serviceNetworkArn, vpcId, confirm } = ctx.input;
      const { provisionedProductName, way, days = DEFAULT_DAYS } = ctx.input;
      const log = (line: string) => ctx.logger.info(line);
      checkTyped({ typed: confirm, name: vpcId, what: 'VPC' });
      options.checkMayProvision({ user: ctx.user, accountId });
      const place = {
        accountId,
        region: parseArn(serviceNetworkArn)?.region ?? '',
      };
      const clients = provisioningClients({ aws, ...place });
      const credentials = await ctx.getInitiatorCredentials();
      await leaveVpc({
        aws,
        clients,
        vpcId,
        serviceNetworkArn,
        way,
        provisionedProductName,
        days,
        mode: ctx.isDryRun ? 'show' : ctx.input.mode,
        checkMayRemove: owner => {
          if (
            !options.mayActForAll(ctx.user) &&
            !(owner && options.mayActFor(ctx.user, owner))
          ) {
            throw new NotAllowedError(
              `Provisioned product ${provisionedProductName} was made for ${
                owner ?? 'nobody the portal knows of'
              }. Only their members or a platform group can remove it.`,
            );
          }
        },
        lattice: latticeClientFor({ ...options, credentials }),
        provisioner: ProductProvisioner.create({
          clients,
          place,
          pollIntervalSeconds,
          log,
        }),
        token: idempotencyToken(
          ctx.task.id,
          ctx.step?.id ?? '',
          'leave',
          provisionedProductName,
        ),
        onStep: stepRecorder({ log, output: ctx.output }),
      });
    },
  });
}
