import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { LatticeClient } from '@lattice-portal/plugin-lattice-common';
import { readLatticeConfig } from '@lattice-portal/plugin-lattice-node';
import { EstateCatalog } from './provider/EstateCatalog';

/**
 * Provides service networks, services and target groups of VPC Lattice as entities of kind `Resource`.
 *
 * @public
 */
export const catalogModuleLattice = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'lattice',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auth, catalog, config, lifecycle, logger, scheduler } = deps;
        const { accounts, schedule } = readLatticeConfig(config);
        const estateCatalog = EstateCatalog.create({
          lattice: new LatticeClient({
            discoveryApi: deps.discovery,
            getToken: async () => {
              const { token } = await auth.getPluginRequestToken({
                onBehalfOf: await auth.getOwnServiceCredentials(),
                targetPluginId: 'lattice',
              });
              return token;
            },
          }),
          accounts,
          appBaseUrl: config.getString('app.baseUrl'),
          logger,
        });
        estateCatalog.providers.forEach(provider =>
          catalog.addEntityProvider(provider),
        );
        // The catalog connects its providers before it reports that it has started.
        lifecycle.addStartupHook(() =>
          scheduler.scheduleTask({
            ...schedule.catalog,
            id: 'lattice-entities',
            fn: () => estateCatalog.refresh(),
          }),
        );
      },
    });
  },
});
