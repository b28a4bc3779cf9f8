import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  accessLogRecordSinksServiceRef,
  accessLogSourceFactoryServiceRef,
  authPolicyStoreServiceRef,
  awsAccessServiceRef,
  estateReaderServiceRef,
  identityPolicyReaderServiceRef,
  latticeConfigServiceRef,
  policyHistoryReaderServiceRef,
  provisioningReaderServiceRef,
  proxyLogReaderServiceRef,
} from '@lattice-portal/plugin-lattice-node';
import { LatticeAuthorizer } from './authorization/LatticeAuthorizer';
import { registerPermissions } from './authorization/registerPermissions';
import { readPlatformGroups } from './authorization/readPlatformGroups';
import { createServices } from './createServices';
import { openDatabase } from './database/openDatabase';
import { openRecords } from './records/openRecords';
import { readSourceGaps } from './records/readSourceGaps';
import { createAccessRequestsRouter } from './routers/accessRequestsRouter';
import { createDenialsRouter } from './routers/denialsRouter';
import { createEstateRouter } from './routers/estateRouter';
import { createLogSourcesRouter } from './routers/logSourcesRouter';
import { createMapRouter } from './routers/mapRouter';
import { createProvisioningRouter } from './routers/provisioningRouter';
import { createReplaysRouter } from './routers/replaysRouter';
import { createRecordsRouter } from './routers/recordsRouter';
import { createRouter } from './routers/createRouter';
import { createServicesRouter } from './routers/servicesRouter';
import { scheduleTasks } from './scheduleTasks';

/**
 * The plugin `lattice`: reads AWS accounts and their access logs, and serves what it found.
 *
 * @public
 */
export const latticePlugin = createBackendPlugin({
  pluginId: 'lattice',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        aws: awsAccessServiceRef,
        config: latticeConfigServiceRef,
        database: coreServices.database,
        estateReader: estateReaderServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        identityPolicyReader: identityPolicyReaderServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        policyHistoryReader: policyHistoryReaderServiceRef,
        policyStore: authPolicyStoreServiceRef,
        provisioningReader: provisioningReaderServiceRef,
        proxyLogs: proxyLogReaderServiceRef,
        recordSinks: accessLogRecordSinksServiceRef,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        sourceFactory: accessLogSourceFactoryServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const knex = await openDatabase(deps.database);
        const services = createServices({
          ...deps,
          knex,
          records: await openRecords({
            ...deps,
            sourceGaps: span => readSourceGaps(knex, span),
          }),
          platformGroups: readPlatformGroups(deps.rootConfig),
        });
        registerPermissions({
          registry: deps.permissionsRegistry,
          ...services,
          accessRequests: services.accessRequestStore,
        });
        const { httpAuth, userInfo, auditor } = deps;
        const authorizer = LatticeAuthorizer.create(deps);
        const common = { ...services, httpAuth, authorizer };
        deps.httpRouter.use(
          createRouter({
            routers: [
              createMapRouter(common),
              createServicesRouter(common),
              createEstateRouter(common),
              createLogSourcesRouter({ ...common, auditor }),
              createDenialsRouter({
                ...common,
                accessRequests: services.accessRequestStore,
              }),
              createReplaysRouter({ ...common, userInfo }),
              createRecordsRouter(common),
              createAccessRequestsRouter({ ...common, userInfo, auditor }),
              createProvisioningRouter({ ...common, userInfo }),
            ],
          }),
        );
        deps.lifecycle.addShutdownHook(() => services.replays.stop());
        await scheduleTasks({
          scheduler: deps.scheduler,
          schedule: deps.config.schedule,
          ...services,
        });
      },
    });
  },
});
