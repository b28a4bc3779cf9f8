import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  awsAccessServiceRef,
  latticeConfigServiceRef,
} from '@lattice-portal/plugin-lattice-node';
import { createAccessRequestAction } from './actions/createAccessRequestAction';
import { createCatalogRegisterAction } from './actions/createCatalogRegisterAction';
import { createGitChangeAction } from './actions/createGitChangeAction';
import { createGitLocateAction } from './actions/createGitLocateAction';
import {
  createGitPublishAction,
  type GitOptions,
} from './actions/createGitPublishAction';
import { createGitRemoveAction } from './actions/createGitRemoveAction';
import { createProductProvisionAction } from './actions/createProductProvisionAction';
import { createProductTerminateAction } from './actions/createProductTerminateAction';
import { createServiceFindAction } from './actions/createServiceFindAction';
import type { ProvisioningOptions } from './actions/ProvisioningOptions';
import { createNetworkRetireAction } from './actions/retire/createNetworkRetireAction';
import { createServiceRetireAction } from './actions/retire/createServiceRetireAction';
import { createVpcLeaveAction } from './actions/retire/createVpcLeaveAction';
import type { RetireOptions } from './actions/retire/RetireOptions';
import { readPlatformGroups, readProvisioningConfig } from './config';
import { createRepositories } from './git/createRepositories';
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
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        catalog: catalogServiceRef,
      },
      async init({
        actions,
        aws,
        latticeConfig,
        config,
        auth,
        discovery,
        catalog,
      }) {
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
        const repositories = createRepositories(config);
        const retiring: RetireOptions = {
          ...provisioning,
          auth,
          discovery,
          catalog,
          repositories,
          mayActFor,
          mayActForAll: user =>
            platformGroups.some(group => isMember(user, group)),
        };
        actions.addActions(
          createProductProvisionAction({ ...provisioning, repositories }),
          createProductTerminateAction(provisioning),
          createServiceRetireAction(retiring),
          createNetworkRetireAction(retiring),
          createVpcLeaveAction(retiring),
          createAccessRequestAction({ auth, discovery }),
          createServiceFindAction({ auth, discovery }),
          createCatalogRegisterAction({ catalog }),
        );
        if (repositories) {
          actions.addActions(
            createGitPublishAction({ repositories, mayActFor }),
            createGitRemoveAction({ repositories }),
            createGitChangeAction({ repositories }),
            createGitLocateAction({ repositories }),
          );
        }
      },
    });
  },
});
