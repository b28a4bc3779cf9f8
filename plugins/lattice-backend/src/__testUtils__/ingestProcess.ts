import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import {
  type AccessLogRecordSink,
  DefaultAccessLogSourceFactory,
  DefaultAwsAccess,
  readLatticeConfig,
} from '@lattice-portal/plugin-lattice-node';
import { accessKeyIdOf } from '@lattice-portal/sandbox';
import createKnex, { type Knex } from 'knex';
import { DatabaseIngestStore } from '../database/DatabaseIngestStore';
import { RecordOutbox } from '../database/RecordOutbox';
import type { EstateService } from '../estate/EstateService';
import { AccessLogIngester } from '../ingest/AccessLogIngester';
import { RecordStoreSink } from '../records/RecordStoreSink';
import { estateOf } from './estateOf';
import { openStore } from './openStore';

/**
 * What {@link ingestProcess} is told, as JSON in its first argument.
 */
export interface IngestProcessOptions {
  database: Knex.Config;
  subscriptions: AccessLogSubscription[];
  /** Records are handed on to files in this folder. */
  sinkFolder: string;
  /** Records are handed on to the store in this folder too. */
  storeFolder: string;
  /** Milliseconds until another process may take over from one that is killed. */
  leaseDuration: number;
}

/** A process that takes in access logs once, as the portal does every few seconds, and may be killed. */
async function ingestProcess(options: IngestProcessOptions): Promise<void> {
  const { database, subscriptions, sinkFolder, storeFolder, leaseDuration } =
    options;
  const accountIds = new Set(subscriptions.map(({ accountId }) => accountId));
  const rootConfig = new ConfigReader({
    aws: {
      mainAccount: {
        accountId: '001122334455',
        accessKeyId: accessKeyIdOf('001122334455'),
        secretAccessKey: 'sandbox',
      },
    },
    lattice: {
      regions: ['us-east-1'],
      accounts: [...accountIds].map(accountId => ({ accountId })),
    },
  });
  const config = readLatticeConfig(rootConfig);
  const aws = DefaultAwsAccess.create({ rootConfig, config });
  const knex = createKnex(database);
  const sink: AccessLogRecordSink = {
    id: 'files',
    async put(batch) {
      const temporary = join(sinkFolder, `${randomUUID()}.part`);
      await writeFile(
        temporary,
        JSON.stringify({
          ...batch,
          calls: [...batch.calls],
          connections: [...batch.connections],
        }),
      );
      await rename(temporary, join(sinkFolder, `${batch.id}.json`));
    },
  };
  const records = await openStore(storeFolder);
  const outbox = RecordOutbox.create({
    knex,
    sinks: [sink, RecordStoreSink.create({ records })],
  });
  const store = DatabaseIngestStore.create({ knex, outbox, leaseDuration });
  const takeLease = store.takeLease.bind(store);
  store.takeLease = async () => {
    const lease = await takeLease();
    process.stdout.write(lease ? 'works\n' : 'waits\n');
    return lease;
  };
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const ingester = AccessLogIngester.create({
    estate: {
      current: async () => ({
        snapshots: [
          { estate: estateOf({ accessLogSubscriptions: subscriptions }) },
        ],
      }),
    } as unknown as EstateService,
    factory: DefaultAccessLogSourceFactory.create({ aws, config }),
    store,
    outbox,
    watches: async () => [],
    logger: { warn: log } as never,
    startHoursAgo: 26,
    // Many transactions, so that it is killed in any part of them.
    linesATransaction: 1_000,
  });
  await ingester.run();
  await knex.destroy();
}

ingestProcess(JSON.parse(process.argv[2])).then(
  // Clients of the AWS SDK keep connections open.
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
