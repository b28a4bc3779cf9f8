import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { LatticeClient } from '@lattice-portal/plugin-lattice-common';

/**
 * How actions reach the lattice back end.
 *
 * @public
 */
export interface LatticeBackendOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/** The lattice back end as the user who started the run sees it. */
export function latticeClientFor(
  options: LatticeBackendOptions & { credentials: BackstageCredentials },
): LatticeClient {
  const { auth, discovery, credentials } = options;
  return new LatticeClient({
    discoveryApi: discovery,
    getToken: async () => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'lattice',
      });
      return token;
    },
  });
}
