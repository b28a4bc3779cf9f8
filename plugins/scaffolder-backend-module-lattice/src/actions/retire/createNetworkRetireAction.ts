import {
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  networkComponentRef,
  networkToRetire,
} from '../../retire/network/NetworkToRetire';
import { retireNetwork } from '../../retire/network/retireNetwork';
import {
  networkRetireExamples,
  networkRetireInput,
} from './networkRetireSchema';
import { checkTyped, findEntityToRetire, findRelated } from './retireInput';
import type { RetireOptions } from './RetireOptions';
import { retireOutput } from './retireOutput';
import { checkMayRetire, startRetirement } from './startRetirement';

/**
 * The action `lattice:network:retire`: ends the access requests that changed the policy of a service network, removes
 * its product, archives its repository and takes that out of the catalog. Refuses while something is in the network.
 * What is gone already is no error, so after a failure it goes on where it stopped when it is run again.
 *
 * @public
 */
export function createNetworkRetireAction(options: RetireOptions) {
  const { aws, catalog } = options;
  return createTemplateAction({
    id: 'lattice:network:retire',
    description:
      'Removes a service network that a template made, with everything that belongs to it. Its log bucket stays.',
    examples: networkRetireExamples,
    supportsDryRun: true,
    schema: { input: networkRetireInput, output: retireOutput },
    async handler(ctx) {
      const { entityRef, confirm, onlyShow } = ctx.input;
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
      const { owner, name } = network;
      checkTyped({ typed: confirm, name, what: 'service network' });
      checkMayRetire({ wiring: options, user: ctx.user, entityRef, owner });
      const retirement = await startRetirement({
        wiring: options,
        ctx,
        place: network,
        about: ['retire', name],
        onlyShow,
      });
      await retireNetwork({ ...retirement, network, aws });
    },
  });
}
