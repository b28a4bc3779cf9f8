import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AccessLogStore } from './AccessLogStore';
import type { StoreConfig } from './config/readStoreConfig';
import { createAthenaStore } from './distributed/createAthenaStore';
import { createEmbeddedStore } from './embedded/createEmbeddedStore';
import type { StoreGap } from './types';

/** The template's tables lie there. */
const PREFIX = 'records/';

/**
 * Makes the store that the configuration asks for.
 *
 * @param options - `clients`: makes the clients of AWS for a Region, as the role if one is given; the store
 * closes them. Only asked for the distributed store. `sourceGaps`: logs that could not be read in a time, for
 * the gaps of answers
 *
 * @public
 */
export async function createAccessLogStore(options: {
  config: StoreConfig;
  clients: (place: {
    region: string;
    roleArn?: string;
  }) => Promise<{ s3: S3Client; athena: AthenaClient }>;
  sourceGaps?: (span: { from: number; to: number }) => Promise<StoreGap[]>;
}): Promise<AccessLogStore> {
  const { config, clients, sourceGaps } = options;
  if (config.type === 'embedded') {
    return createEmbeddedStore({ ...config, sourceGaps }).store;
  }
  const { region, roleArn } = config;
  return createAthenaStore({
    ...config,
    ...(await clients({ region, roleArn })),
    prefix: PREFIX,
    sourceGaps,
  });
}
