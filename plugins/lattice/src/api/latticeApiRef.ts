import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';

/**
 * The lattice back end, as the plugin's pages use it.
 *
 * @public
 */
export const latticeApiRef = createApiRef<LatticeApi>().with({
  id: 'plugin.lattice.client',
  pluginId: 'lattice',
});
