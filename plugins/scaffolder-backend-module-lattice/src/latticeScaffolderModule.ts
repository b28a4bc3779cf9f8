import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  awsAccessServiceRef,
  latticeConfigServiceRef,
} from '@lattice-portal/plugin-lattice-node';
import { createAccessRequestAction } from './actions/createAccessRequestAction';
import { createGitPublishAction } from './actions/createGitPublishAction';
import { createGitRemoveAction } from './actions/createGitRemoveAction';
import { createProductProvisionAction } from './actions/createProductProvisionAction';
import { createProductTerminateAction } from './actions/createProductTerminateAction';
import { createServiceFindAction } from './actions/createServiceFindAction';
import type { ProvisioningOptions } from './actions/ProvisioningOptions';
import {
  readPlatformGroups,
  readProvisioningConfig,
  readRepositoriesConfig,
} from './config';
import { LocalGitRepositories } from './git/LocalGitRepositories';
import { checkMayProvision } from './serviceCatalog/checkMayProvision';

/**
 * The scaffolder's actions for VPC Lattice.
 *
 * @public
 */
export const latticeScaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'lattice',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        aws: awsAccessServiceRef,
        latticeConfig: latticeConfigServiceRef,
        config: coreServices.rootConfig,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, aws, latticeConfig, config, auth, discovery }) {
        const platformGroups = readPlatformGroups(config);
        const { accounts } = latticeConfig;
        const provisioning: ProvisioningOptions = {
          aws,
          ...readProvisioningConfig(config),
          checkMayProvision: request =>
            checkMayProvision({ ...request, accounts, platformGroups }),
        };
        const kept = readRepositoriesConfig(config);
        const repositories = kept && LocalGitRepositories.create(kept);
        actions.addActions(
          createProductProvisionAction({ ...provisioning, repositories }),
          createProductTerminateAction(provisioning),
          createAccessRequestAction({ auth, discovery }),
          createServiceFindAction({ auth, discovery }),
        );
        if (kept && repositories) {
          actions.addActions(
            createGitPublishAction({ repositories, baseUrl: kept.baseUrl }),
            createGitRemoveAction({ repositories }),
          );
        }
      },
    });
  },
});
