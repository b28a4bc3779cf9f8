import {
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { latticeClientFor } from '../../accessRequests/latticeClientFor';
import {
  networkComponentRef,
  networkToRetire,
} from '../../retire/network/NetworkToRetire';
import { retireNetwork } from '../../retire/network/retireNetwork';
import { idempotencyToken } from '../../serviceCatalog/idempotencyToken';
import { ProductProvisioner } from '../../serviceCatalog/ProductProvisioner';
import { provisioningClients } from '../../serviceCatalog/ProvisioningClients';
import {
  networkRetireExamples,
  networkRetireInput,
} from './networkRetireSchema';
import { checkTyped, findEntityToRetire, findRelated } from './retireInput';
import type { RetireOptions } from './RetireOptions';
import { retireOutput, stepRecorder } from './retireOutput';

/**
 * The action `lattice:network:retire`: ends the access requests that changed the policy of a service network, removes
 * its product, archives its repository and takes that out of the catalog. Refuses while something is in the network.
 * What is gone already is no error, so after a failure it goes on where it stopped when it is run again.
 *
 * @public
 */
export function createNetworkRetireAction(options: RetireOptions) {
  const { aws, catalog, pollIntervalSeconds } = options;
  return createTemplateAction({
    id: 'lattice:network:retire',
    description:
      'Removes a service network that a template made, with everything that belongs to it. Its log bucket stays.',
    examples: networkRetireExamples,
    supportsDryRun: true,
    schema: { input: networkRetireInput, output: retireOutput },
    async handler(ctx) {
      const { entityRef, confirm, onlyShow } = ctx.input;
      const log = (line: string) => ctx.logger.info(line);
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await findEntityToRetire({
        catalog,
        entityRef,
        credentials,
      });
      const related = await findRelated({
        catalog,
        entity,
        types: [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF],
        // The catalog's name of the resource may be another than the network's, so that no relation leads there.
        others: [networkComponentRef(entity)],
        credentials,
      });
      const network = networkToRetire({ entity, related });
      const { accountId, region, owner, name } = network;
      checkTyped({ typed: confirm, name, what: 'service network' });
      if (!options.mayActFor(ctx.user, owner)) {
        throw new NotAllowedError(
          `Only members of ${owner} or of a platform group can retire ${entityRef}`,
        );
      }
      options.checkMayProvision({ user: ctx.user, accountId });
      const clients = provisioningClients({ aws, accountId, region });
      await retireNetwork({
        network,
        aws,
        clients,
        catalog,
        credentials,
        log,
        repositories: options.repositories,
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
