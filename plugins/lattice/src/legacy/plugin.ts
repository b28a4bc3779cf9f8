import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { LatticeClient } from '@lattice-portal/plugin-lattice-common';
import { latticeApiRef } from '../api';
import { rootRouteRef } from '../routes';

/**
 * The plugin for apps on the old frontend system.
 *
 * @public
 */
export const latticePlugin = createPlugin({
  id: 'lattice',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: latticeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new LatticeClient(deps),
    }),
  ],
});

/**
 * The plugin's page, to be mounted by `<Route path="/lattice" element={<LatticePage />} />`.
 *
 * @public
 */
export const LatticePage = latticePlugin.provide(
  createRoutableExtension({
    name: 'LatticePage',
    mountPoint: rootRouteRef,
    component: () => import('./LegacyPage').then(m => m.LegacyPage),
  }),
);

/**
 * The tab of a service's entity. Show it where `isLatticeEntity` holds.
 *
 * @public
 */
export const EntityLatticeContent = latticePlugin.provide(
  createComponentExtension({
    name: 'EntityLatticeContent',
    component: {
      lazy: () =>
        import('./LegacyEntityContent').then(m => m.LegacyEntityContent),
    },
  }),
);
