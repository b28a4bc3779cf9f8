import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { controlledServices } from '../../clusters/ControlledService';
import { retireService } from '../../retire/service/retireService';
import { serviceToRetire } from '../../retire/service/ServiceToRetire';
import { authorOf } from '../authorOf';
import type { RetireOptions } from './RetireOptions';
import { checkTyped, findEntityToRetire, findRelated } from './retireInput';
import { retireOutput } from './retireOutput';
import {
  serviceRetireExamples,
  serviceRetireInput,
} from './serviceRetireSchema';
import { checkMayRetire, startRetirement } from './startRetirement';

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
      checkMayRetire({ wiring: options, user: ctx.user, entityRef, owner });
      const retirement = await startRetirement({
        wiring: options,
        ctx,
        place: service,
        about: ['retire', name],
        onlyShow,
      });
      await retireService({
        ...retirement,
        service,
        entity,
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
        repository: ctx.input.repository,
      });
    },
  });
}
