import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import type {
  LifecycleService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  type AccessLogStore,
  createAccessLogStore,
  readStoreConfig,
  type StoreGap,
} from '@lattice-portal/access-log-store';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import type { TimeRange } from '../database/TrafficStore';

/**
 * Opens the store of all access log records until the plugin ends.
 *
 * @param options - `sourceGaps`: logs that could not be read in a time
 * @returns `undefined` if none is configured
 * @throws InputError if the configuration is wrong
 */
export async function openRecords(options: {
  rootConfig: RootConfigService;
  aws: AwsAccess;
  lifecycle: LifecycleService;
  sourceGaps: (span: TimeRange) => Promise<StoreGap[]>;
}): Promise<AccessLogStore | undefined> {
  const { rootConfig, aws, lifecycle, sourceGaps } = options;
  const config = readStoreConfig(rootConfig);
  if (!config) {
    return undefined;
  }
  const store = await createAccessLogStore({
    config,
    sourceGaps,
    clients: async ({ region, roleArn }) => {
      const common = {
        region,
        credentials: aws.ownCredentials({ region, roleArn }),
        retryMode: 'adaptive',
        maxAttempts: 5,
      };
      return { s3: new S3Client(common), athena: new AthenaClient(common) };
    },
  });
  lifecycle.addShutdownHook(() => store.close());
  return store;
}
