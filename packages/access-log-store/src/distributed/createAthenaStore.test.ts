import { AthenaClient } from '@aws-sdk/client-athena';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeAccessLogStore } from '../__testUtils__/describeAccessLogStore';
import {
  startStoreAccount,
  type StoreAccount,
} from '../__testUtils__/startStoreAccount';
import { createAthenaStore } from './createAthenaStore';
import { S3Folder } from './S3Folder';

jest.setTimeout(120_000);

const prefix = 'records/';

describe('createAthenaStore', () => {
  const closers: (() => Promise<void>)[] = [];
  let account: StoreAccount;

  beforeAll(async () => {
    account = await startStoreAccount();
  });

  afterAll(async () => {
    for (const close of closers) {
      await close();
    }
    await account.sandbox.stop();
  });

  describeAccessLogStore({
    lines: 6000,
    runs: 15,
    create: async given => {
      const { config, outputs } = account;
      const { BucketName: bucket } = outputs;
      const s3 = new S3Client({ ...config, forcePathStyle: true });
      const folder = new S3Folder({ client: s3, bucket, prefix });
      // The tables are there once, so each store begins with what the last one left.
      await folder.remove(await folder.list(''));
      const store = createAthenaStore({
        s3,
        athena: new AthenaClient(config),
        bucket,
        prefix,
        database: outputs.DatabaseName,
        workGroup: outputs.WorkGroupName,
        memoryLimit: 512,
        threads: 2,
        processes: 2,
        timeoutSeconds: 60,
        ...given,
      });
      closers.push(() => store.close());
      return {
        store,
        keys: () => folder.list('calls/'),
        putStranger: async key => {
          await s3.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: prefix + key,
              Body: 'not Parquet',
            }),
          );
        },
      };
    },
  });
});
