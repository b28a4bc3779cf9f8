import { createRouteRef } from '@backstage/core-plugin-api';

/**
 * Where the plugin's page is mounted.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'lattice' });
