import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  awsAccessServiceRef,
  latticeConfigServiceRef,
} from '@lattice-portal/plugin-lattice-node';
import { createGitChangeAction } from './actions/createGitChangeAction';
import {
  createGitPublishAction,
  type GitOptions,
} from './actions/createGitPublishAction';
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
import {
  checkMayProvision,
  isMember,
} from './serviceCatalog/checkMayProvision';

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
        const mayActFor: GitOptions['mayActFor'] = (user, owner) =>
          [owner, ...platformGroups].some(group => isMember(user, group));
        const kept = readRepositoriesConfig(config);
        const repositories = kept && LocalGitRepositories.create(kept);
        actions.addActions(
          createProductProvisionAction({ ...provisioning, repositories }),
          createProductTerminateAction(provisioning),
        );
        if (kept && repositories) {
          actions.addActions(
            createGitPublishAction({ repositories, mayActFor }),
            createGitRemoveAction({ repositories }),
            createGitChangeAction({ repositories }),
          );
        }
      },
    });
  },
});
