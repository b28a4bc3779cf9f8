import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { AwsAccess } from '../aws/AwsAccess';
import { DefaultAwsAccess } from '../aws/DefaultAwsAccess';
import type { LatticeConfig } from '../config/LatticeConfig';
import { readLatticeConfig } from '../config/readLatticeConfig';
import { DefaultEstateReader } from '../estate/DefaultEstateReader';
import { CloudWatchProxyLogReader } from '../logs/CloudWatchProxyLogReader';
import { DefaultAccessLogSourceFactory } from '../logs/DefaultAccessLogSourceFactory';
import { CloudTrailPolicyHistoryReader } from '../policies/CloudTrailPolicyHistoryReader';
import { DefaultAuthPolicyStore } from '../policies/DefaultAuthPolicyStore';
import { DefaultIdentityPolicyReader } from '../policies/DefaultIdentityPolicyReader';
import type { AccessLogRecordSink } from '../ports/AccessLogRecordSink';
import type { AccessLogSourceFactory } from '../ports/AccessLogSource';
import type { AuthPolicyStore } from '../ports/AuthPolicyStore';
import type { EstateReader } from '../ports/EstateReader';
import type { IdentityPolicyReader } from '../ports/IdentityPolicyReader';
import type { PolicyHistoryReader } from '../ports/PolicyHistoryReader';
import type { ProvisioningReader } from '../ports/ProvisioningReader';
import type { ProxyLogReader } from '../ports/ProxyLogReader';
import { DefaultProvisioningReader } from '../provisioning/DefaultProvisioningReader';

/**
 * The configuration under `lattice`.
 *
 * @public
 */
export const latticeConfigServiceRef = createServiceRef<LatticeConfig>({
  id: 'lattice.config',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => readLatticeConfig(config),
    }),
});

/**
 * Credentials and clients for the accounts of the configuration.
 *
 * @public
 */
export const awsAccessServiceRef = createServiceRef<AwsAccess>({
  id: 'lattice.aws-access',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        rootConfig: coreServices.rootConfig,
        config: latticeConfigServiceRef,
      },
      factory: options => DefaultAwsAccess.create(options),
    }),
});

/**
 * Reads what an account and region hold.
 *
 * @public
 */
export const estateReaderServiceRef = createServiceRef<EstateReader>({
  id: 'lattice.estate-reader',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { aws: awsAccessServiceRef, config: latticeConfigServiceRef },
      factory: options => DefaultEstateReader.create(options),
    }),
});

/**
 * Makes sources for access-log subscriptions.
 *
 * @public
 */
export const accessLogSourceFactoryServiceRef =
  createServiceRef<AccessLogSourceFactory>({
    id: 'lattice.access-log-source-factory',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { aws: awsAccessServiceRef, config: latticeConfigServiceRef },
        factory: options => DefaultAccessLogSourceFactory.create(options),
      }),
  });

/**
 * What takes in every record of the access logs besides the portal's own database. None by default; each
 * factory adds one.
 *
 * @public
 */
export const accessLogRecordSinksServiceRef =
  createServiceRef<AccessLogRecordSink>({
    id: 'lattice.access-log-record-sinks',
    multiton: true,
  });

/**
 * Reads and puts auth policies.
 *
 * @public
 */
export const authPolicyStoreServiceRef = createServiceRef<AuthPolicyStore>({
  id: 'lattice.auth-policy-store',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { aws: awsAccessServiceRef },
      factory: options => DefaultAuthPolicyStore.create(options),
    }),
});

/**
 * Reads past changes of auth policies.
 *
 * @public
 */
export const policyHistoryReaderServiceRef =
  createServiceRef<PolicyHistoryReader>({
    id: 'lattice.policy-history-reader',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { aws: awsAccessServiceRef },
        factory: options => CloudTrailPolicyHistoryReader.create(options),
      }),
  });

/**
 * Reads the policies of a role.
 *
 * @public
 */
export const identityPolicyReaderServiceRef =
  createServiceRef<IdentityPolicyReader>({
    id: 'lattice.identity-policy-reader',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { aws: awsAccessServiceRef, config: latticeConfigServiceRef },
        factory: options => DefaultIdentityPolicyReader.create(options),
      }),
  });

/**
 * Reads what new resources can be placed in or connected with.
 *
 * @public
 */
export const provisioningReaderServiceRef =
  createServiceRef<ProvisioningReader>({
    id: 'lattice.provisioning-reader',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { aws: awsAccessServiceRef },
        factory: options => DefaultProvisioningReader.create(options),
      }),
  });

/**
 * Finds the lines that proxies in front of VPC Lattice wrote about a request.
 *
 * @public
 */
export const proxyLogReaderServiceRef = createServiceRef<ProxyLogReader>({
  id: 'lattice.proxy-log-reader',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { aws: awsAccessServiceRef },
      factory: options => CloudWatchProxyLogReader.create(options),
    }),
});
