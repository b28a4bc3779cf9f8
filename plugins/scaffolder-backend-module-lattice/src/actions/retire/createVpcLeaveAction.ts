import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { leaveVpc } from '../../retire/vpc/leaveVpc';
import { checkTyped } from './retireInput';
import type { RetireOptions } from './RetireOptions';
import { retireOutput } from './retireOutput';
import { startRetirement } from './startRetirement';
import { vpcLeaveExamples, vpcLeaveInput } from './vpcLeaveSchema';

const DEFAULT_DAYS = 7;

/**
 * The action `lattice:vpc:leave`: removes the product by which a VPC is in a service network, an association or an
 * endpoint, after it told who would lose access. One that is gone already is no error.
 *
 * @public
 */
export function createVpcLeaveAction(options: RetireOptions) {
  return createTemplateAction({
    id: 'lattice:vpc:leave',
    description:
      'Takes a VPC out of a service network, and tells before who would lose access.',
    examples: vpcLeaveExamples,
    supportsDryRun: true,
    schema: { input: vpcLeaveInput, output: retireOutput },
    async handler(ctx) {
      const { accountId, serviceNetworkArn, vpcId, confirm } = ctx.input;
      const { provisionedProductName, way, mode } = ctx.input;
      const { days = DEFAULT_DAYS } = ctx.input;
      checkTyped({ typed: confirm, name: vpcId, what: 'VPC' });
      const retirement = await startRetirement({
        wiring: options,
        ctx,
        place: { accountId, region: parseArn(serviceNetworkArn)?.region ?? '' },
        about: ['leave', provisionedProductName],
        onlyShow: mode === 'show',
      });
      await leaveVpc({
        ...retirement,
        aws: options.aws,
        vpcId,
        serviceNetworkArn,
        way,
        provisionedProductName,
        days,
        evenIfUsed: mode === 'anyway',
        checkMayRemove: owner => {
          if (
            !retirement.anyOwner &&
            !(owner && options.mayActFor(ctx.user, owner))
          ) {
            throw new NotAllowedError(
              `Provisioned product ${provisionedProductName} was made for ${
                owner ?? 'nobody the portal knows of'
              }. Only their members or a platform group can remove it.`,
            );
          }
        },
      });
    },
  });
}
