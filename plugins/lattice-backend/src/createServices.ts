import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { AccessLogStore } from '@lattice-portal/access-log-store';
import type {
  AccessLogRecordSink,
  AccessLogSourceFactory,
  AuthPolicyStore,
  EstateReader,
  IdentityPolicyReader,
  LatticeConfig,
  PolicyHistoryReader,
  ProvisioningReader,
  ProxyLogReader,
} from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';
import { AccessPlanner } from './accessRequests/AccessPlanner';
import { AccessRequestLifecycle } from './accessRequests/AccessRequestLifecycle';
import { AccessRequestNotifier } from './accessRequests/AccessRequestNotifier';
import { AccessRequestService } from './accessRequests/AccessRequestService';
import { PolicyApplier } from './accessRequests/PolicyApplier';
import { DatabaseIngestStore } from './database/DatabaseIngestStore';
import { DatabaseAccessRequestStore } from './database/DatabaseAccessRequestStore';
import { DatabaseDeniedRequestStore } from './database/DatabaseDeniedRequestStore';
import { DatabaseEstateStore } from './database/DatabaseEstateStore';
import { DatabasePolicyVersionStore } from './database/DatabasePolicyVersionStore';
import { DatabaseReplayStore } from './database/DatabaseReplayStore';
import { DatabaseRetentionStore } from './database/DatabaseRetentionStore';
import { DatabaseStatementUseStore } from './database/DatabaseStatementUseStore';
import { DatabaseTrafficStore } from './database/DatabaseTrafficStore';
import { DenialService } from './denials/DenialService';
import { RecordOutbox } from './database/RecordOutbox';
import { DefaultEstateService } from './estate/DefaultEstateService';
import { PolicyRecorder } from './estate/PolicyRecorder';
import { Retention } from './ingest/Retention';
import { AccessLogIngester } from './ingest/AccessLogIngester';
import { TrafficMap } from './map/TrafficMap';
import { PolicyLookup } from './policies/PolicyLookup';
import { ProvisioningService } from './provisioning/ProvisioningService';
import { RecordKeeper } from './records/RecordKeeper';
import { RecordService } from './records/RecordService';
import { RecordStoreSink } from './records/RecordStoreSink';
import { ReplayService } from './replay/ReplayService';
import { StatementUseService } from './statementUse/StatementUseService';
import { staleAfterOf } from './estate/staleAfterOf';

/**
 * Puts the plugin's parts together.
 */
export function createServices(options: {
  config: LatticeConfig;
  knex: Knex;
  logger: LoggerService;
  auditor: AuditorService;
  notifications: NotificationService;
  estateReader: EstateReader;
  sourceFactory: AccessLogSourceFactory;
  recordSinks: AccessLogRecordSink[];
  /** All access log records. Absent: none is configured, and what needs them says so. */
  records?: AccessLogStore;
  proxyLogs: ProxyLogReader;
  policyStore: AuthPolicyStore;
  policyHistoryReader: PolicyHistoryReader;
  identityPolicyReader: IdentityPolicyReader;
  provisioningReader: ProvisioningReader;
  /** Entity references of groups that may ask for everybody, and decide where nobody owns a document. */
  platformGroups: string[];
}) {
  const {
    config,
    knex,
    logger,
    auditor,
    policyStore,
    platformGroups,
    records,
  } = options;
  const versions = DatabasePolicyVersionStore.create({ knex });
  const outbox = RecordOutbox.create({
    knex,
    sinks: [
      ...options.recordSinks,
      ...(records ? [RecordStoreSink.create({ records })] : []),
    ],
  });
  const ingest = DatabaseIngestStore.create({ knex, outbox });
  const traffic = DatabaseTrafficStore.create({ knex });
  const denied = DatabaseDeniedRequestStore.create({ knex });
  const accessRequestStore = DatabaseAccessRequestStore.create({ knex });
  const estate = DefaultEstateService.create({
    accounts: config.accounts,
    reader: options.estateReader,
    store: DatabaseEstateStore.create({ knex }),
    policies: PolicyRecorder.create({
      store: versions,
      history: options.policyHistoryReader,
      logger,
    }),
    logger,
    staleAfter: staleAfterOf(config.schedule.estate),
  });
  const map = TrafficMap.create({
    estate,
    traffic,
    ingest,
    retention: config.accessLogs.retention,
  });
  const policies = PolicyLookup.create({
    versions,
    identity: options.identityPolicyReader,
  });
  const notifier = AccessRequestNotifier.create({
    notifications: options.notifications,
    logger,
  });
  const lifecycle = AccessRequestLifecycle.create({
    store: accessRequestStore,
    applier: PolicyApplier.create({ policyStore, estate, auditor }),
    notifier,
    logger,
  });
  const ingester = AccessLogIngester.create({
    estate,
    factory: options.sourceFactory,
    store: ingest,
    outbox,
    watches: () => accessRequestStore.watches(),
    logger,
    startHoursAgo: config.accessLogs.startHoursAgo,
  });
  return {
    estate,
    ingest,
    versions,
    traffic,
    denied,
    map,
    ingester,
    retention: Retention.create({
      store: DatabaseRetentionStore.create({ knex }),
      ingest,
      accessRequests: accessRequestStore,
      config: config.accessLogs,
    }),
    recordKeeper:
      records &&
      RecordKeeper.create({
        records,
        accessRequests: accessRequestStore,
        denied,
        retention: config.accessLogs.retention,
      }),
    lifecycle,
    accessRequestStore,
    replays: ReplayService.create({
      store: DatabaseReplayStore.create({ knex }),
      records: options.records,
      estate,
      policies,
      logger,
    }),
    statementUse: StatementUseService.create({
      store: DatabaseStatementUseStore.create({ knex }),
      records: options.records,
      estate,
    }),
    provisioning: ProvisioningService.create({
      estate,
      reader: options.provisioningReader,
      platformGroups,
    }),
    recordService: RecordService.create({
      estate,
      ingest,
      sourceFactory: options.sourceFactory,
      records,
      proxyLogs: options.proxyLogs,
      proxyLogGroups: config.accessLogs.proxyLogGroups,
    }),
    denials: DenialService.create({
      estate,
      denied,
      traffic,
      map,
      policies,
      platformGroups,
      retention: config.accessLogs.retention,
    }),
    accessRequests: AccessRequestService.create({
      estate,
      store: accessRequestStore,
      lifecycle,
      notifier,
      platformGroups,
      planner: AccessPlanner.create({
        estate,
        denied,
        traffic,
        policies,
        policyStore,
        fallbackOwners: platformGroups,
      }),
    }),
  };
}
