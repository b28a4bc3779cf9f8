import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  awsAccessServiceRef,
  latticeConfigServiceRef,
} from '@lattice-portal/plugin-lattice-node';
import { createGitPublishAction } from './actions/createGitPublishAction';
import { createGitRemoveAction } from './actions/createGitRemoveAction';
import { createProductProvisionAction } from './actions/createProductProvisionAction';
import { createProductTerminateAction } from './actions/createProductTerminateAction';
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
      },
      async init({ actions, aws, latticeConfig, config }) {
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
