import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import {
  type LatticeBackendOptions,
  latticeClientFor,
} from '../accessRequests/latticeClientFor';
import { withReason } from '../accessRequests/withReason';

/**
 * The action `lattice:service:find`: what a template has to know of a service that is there already.
 *
 * @public
 */
export function createServiceFindAction(options: LatticeBackendOptions) {
  return createTemplateAction({
    id: 'lattice:service:find',
    description: 'Finds a service on VPC Lattice by its ARN.',
    supportsDryRun: true,
    schema: {
      input: { serviceArn: z => z.string() },
      output: {
        name: z => z.string(),
        url: z =>
          z.string().describe('Address inside the VPCs of its networks'),
        accountId: z => z.string(),
        region: z => z.string(),
        owner: z => z.string().optional().describe('Entity reference'),
        serviceNetworkArns: z =>
          z.array(z.string()).describe('Service networks it can be called in'),
      },
    },
    async handler(ctx) {
      const { serviceArn } = ctx.input;
      const arn = parseArn(serviceArn);
      const serviceId = /^service\/(svc-[0-9a-f]+)$/.exec(arn?.resource ?? '');
      if (!arn || !serviceId) {
        throw new InputError(
          `${serviceArn} is no ARN of a VPC Lattice service`,
        );
      }
      const credentials = await ctx.getInitiatorCredentials();
      const lattice = latticeClientFor({ ...options, credentials });
      const { service, owner, serviceAssociations } = await withReason(() =>
        lattice.getService({ serviceId: serviceId[1] }),
      );
      const host = service.customDomainName ?? service.domainName;
      if (!host) {
        throw new InputError(`${service.name} has no host name yet`);
      }
      ctx.logger.info(`${service.name} answers at https://${host}`);
      ctx.output('name', service.name);
      ctx.output('url', `https://${host}`);
      ctx.output('accountId', arn.accountId);
      ctx.output('region', arn.region);
      ctx.output('owner', owner);
      ctx.output('serviceNetworkArns', [
        ...new Set(
          serviceAssociations.map(({ serviceNetworkArn }) => serviceNetworkArn),
        ),
      ]);
    },
  });
}
