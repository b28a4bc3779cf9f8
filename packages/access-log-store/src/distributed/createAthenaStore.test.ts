import { AthenaClient } from '@aws-sdk/client-athena';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CreateTestStore } from '../__testUtils__/contract/TestStore';
import { HOUR, NOW } from '../__testUtils__/contract/wholeDay';
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

  const create: CreateTestStore = async given => {
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
      firstDay: outputs.FirstDay,
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
  };

  describeAccessLogStore({ lines: 6000, runs: 15, create });

  it('says which days its tables do not have', async () => {
    const { store } = await create({ now: () => NOW });
    const to = Date.parse('2023-01-01T01:00:00Z');
    expect((await store.callers({ from: to - 2 * HOUR, to })).gaps).toEqual([
      expect.objectContaining({ kind: 'not-read' }),
      {
        kind: 'source',
        source: 'lattice_portal in Amazon Athena',
        reason: expect.stringContaining('FirstDay'),
        from: '2022-12-31T23:00:00.000Z',
        to: '2023-01-01T00:00:00.000Z',
      },
    ]);
  });
});
