import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { latticeClientFor } from '../../accessRequests/latticeClientFor';
import { controlledServices } from '../../clusters/ControlledService';
import { retireService } from '../../retire/service/retireService';
import { serviceToRetire } from '../../retire/service/ServiceToRetire';
import { idempotencyToken } from '../../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../../serviceCatalog/ProvisioningClients';
import { authorOf } from '../authorOf';
import type { RetireOptions } from './RetireOptions';
import { checkTyped, findEntityToRetire, findRelated } from './retireInput';
import { retireOutput, stepRecorder } from './retireOutput';
import {
  serviceRetireExamples,
  serviceRetireInput,
} from './serviceRetireSchema';

/**
 * The action `lattice:service:retire`: ends the access requests of a service, has its clusters let go of it,
 * removes its product, archives its repository and takes it out of the catalog, in that order. What is gone already is no error, so after a failure it
 * goes on where it stopped when it is run again.
 *
 * @public
 */
export function createServiceRetireAction(options: RetireOptions) {
  const { aws, catalog, pollIntervalSeconds } = options;
  return createTemplateAction({
    id: 'lattice:service:retire',
    description:
      'Removes a service on VPC Lattice with everything that belongs to it; the repository is archived.',
    examples: serviceRetireExamples,
    supportsDryRun: true,
    schema: { input: serviceRetireInput, output: retireOutput },
    async handler(ctx) {
      const { entityRef, confirm, onlyShow } = ctx.input;
      const log = (line: string) => ctx.logger.info(line);
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await findEntityToRetire({
        catalog,
        entityRef,
        credentials,
      });
      if (entity.kind.toLowerCase() !== 'component') {
        throw new InputError(`${entityRef} is no component`);
      }
      checkTyped({
        typed: confirm,
        name: entity.metadata.name,
        what: 'component',
      });
      const service = serviceToRetire({
        ...ctx.input,
        entity,
        dependencies: await findRelated({
          catalog,
          entity,
          types: [RELATION_DEPENDS_ON],
          credentials,
        }),
      });
      const { accountId, region, owner, name } = service;
      if (!options.mayActFor(ctx.user, owner)) {
        throw new NotAllowedError(
          `Only members of ${owner} or of a platform group can retire ${entityRef}`,
        );
      }
      options.checkMayProvision({ user: ctx.user, accountId });
      const clients = provisioningClients({ aws, accountId, region });
      await retireService({
        service,
        entity,
        clients,
        catalog,
        credentials,
        log,
        pollIntervalSeconds,
        author: authorOf(ctx.user),
        controlledServices: controlledServices({
          accountId,
          client: aws.client({
            type: VPCLatticeClient,
            accountId,
            region,
            role: 'reader',
          }),
        }),
        repositories: options.repositories,
        repository: ctx.input.repository,
        lattice: latticeClientFor({ ...options, credentials }),
        provisioner: ProductProvisioner.create({
          clients,
          place: { accountId, region },
          pollIntervalSeconds,
          log,
        }),
        token: idempotencyToken(
          ctx.task.id,
          ctx.step?.id ?? '',
          'retire',
          name,
        ),
        anyOwner: options.mayActForAll(ctx.user),
        onlyShow: onlyShow || ctx.isDryRun === true,
        onStep: stepRecorder({ log, output: ctx.output }),
      });
    },
  });
}
