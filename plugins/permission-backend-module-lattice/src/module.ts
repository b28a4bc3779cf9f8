import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { LatticePermissionPolicy } from './LatticePermissionPolicy';
import { readPlatformGroups } from './readPlatformGroups';

/**
 * Sets the portal's permission policy. A back end takes one policy only.
 *
 * @public
 */
export const permissionModuleLattice = createBackendModule({
  pluginId: 'permission',
  moduleId: 'lattice',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, policy, userInfo }) {
        const platformGroups = readPlatformGroups(config);
        policy.setPolicy(
          LatticePermissionPolicy.create({ userInfo, platformGroups }),
        );
      },
    });
  },
});
