import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { NewAccessRequest } from '@lattice-portal/plugin-lattice-common';
import { findSameRequest } from '../accessRequests/findSameRequest';
import {
  type LatticeBackendOptions,
  latticeClientFor,
} from '../accessRequests/latticeClientFor';
import { withReason } from '../accessRequests/withReason';
import { accessRequestExamples } from './accessRequestExamples';

/**
 * The action `lattice:access:request`: asks the owners of a service to let a role call it, as the user who runs the
 * template. Where nothing has to change, nobody is asked; what was asked already is not asked again.
 *
 * @public
 */
export function createAccessRequestAction(options: LatticeBackendOptions) {
  return createTemplateAction({
    id: 'lattice:access:request',
    description:
      'Asks the owners of a service on VPC Lattice to let a role call it.',
    examples: accessRequestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        callerId: z => z.string().describe('ARN of the role that is to call'),
        serviceArn: z => z.string().describe('ARN of the service to be called'),
        methods: z => z.array(z.string()).min(1).max(10),
        paths: z =>
          z
            .array(z.string())
            .min(1)
            .max(20)
            .describe('Paths to be called; * stands for anything'),
        reason: z => z.string().min(1).describe('What the owners read'),
        expiresAt: z => z.string().optional().describe('ISO 8601: until when'),
      },
      output: {
        asked: z =>
          z
            .boolean()
            .describe('False: no policy has to change, so nobody is asked'),
        requestId: z => z.string().optional(),
        url: z =>
          z.string().optional().describe('Page of the request in the portal'),
      },
    },
    async handler(ctx) {
      const wanted: NewAccessRequest = { ...ctx.input };
      const credentials = await ctx.getInitiatorCredentials();
      const lattice = latticeClientFor({ ...options, credentials });
      const output = (requestId: string) => {
        ctx.output('asked', true);
        ctx.output('requestId', requestId);
        ctx.output('url', `/lattice/requests/${requestId}`);
      };

      const { items } = await withReason(() => lattice.listAccessRequests());
      const same = findSameRequest(items, wanted);
      if (same) {
        ctx.logger.info(`Asked already: ${same.id} is ${same.status}`);
        output(same.id);
        return;
      }
      const { changes, warnings } = await withReason(() =>
        lattice.previewAccessRequest(wanted),
      );
      for (const warning of warnings) {
        ctx.logger.warn(warning);
      }
      for (const { layer, resourceName, owner } of changes) {
        ctx.logger.info(
          `${
            owner ?? 'Nobody known'
          } decides on the policy of the ${layer} ${resourceName}`,
        );
      }
      if (changes.length === 0) {
        ctx.logger.info('No policy has to change');
        ctx.output('asked', false);
        return;
      }
      if (ctx.isDryRun) {
        ctx.output('asked', false);
        return;
      }
      const { id } = await withReason(() =>
        lattice.createAccessRequest(wanted),
      );
      ctx.logger.info(`Asked: ${id}`);
      output(id);
    },
  });
}
