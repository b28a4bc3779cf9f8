import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { AthenaClient, GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { storedCallOf } from '../__testUtils__/generatedCalls';
import {
  startStoreAccount,
  type StoreAccount,
} from '../__testUtils__/startStoreAccount';
import { createAthenaStore } from './createAthenaStore';
import { queryError } from './toStoreError';

jest.setTimeout(120_000);

const HOUR = 3_600_000;
const from = Date.UTC(2026, 10, 22);
const hour = { from, to: from + HOUR };

describe('the distributed store', () => {
  const closers: (() => Promise<void>)[] = [];
  let account: StoreAccount;

  beforeAll(async () => {
    account = await startStoreAccount({ MaximumScannedBytes: '10000000' });
    await storeWith().store.append({
      id: 'few',
      calls: [1, 2, 3].map(number =>
        storedCallOf({ timestamp: from + number, requestId: `${number}` }),
      ),
    });
  });

  afterAll(async () => {
    for (const close of closers) {
      await close();
    }
    await account.sandbox.stop();
  });

  function storeWith(
    options: Partial<Parameters<typeof createAthenaStore>[0]> = {},
  ) {
    const { config, outputs } = account;
    const athena = new AthenaClient(config);
    const store = createAthenaStore({
      s3: new S3Client({ ...config, forcePathStyle: true }),
      athena,
      bucket: outputs.BucketName,
      prefix: 'records/',
      database: outputs.DatabaseName,
      workGroup: outputs.WorkGroupName,
      firstDay: outputs.FirstDay,
      memoryLimit: 256,
      threads: 1,
      processes: 1,
      timeoutSeconds: 60,
      ...options,
    });
    closers.push(() => store.close());
    return { store, athena };
  }

  it('says what to do without a table', async () => {
    const { accountId, sandbox } = account;
    const root = sandbox.clientConfig({ accountId });
    await expect(
      storeWith({ database: 'none' }).store.callers(hour),
    ).rejects.toMatchObject({
      failure: 'table-missing',
      message: expect.stringMatching(
        /^The database none lacks .*access-log-store\.yaml/,
      ),
    });
    await expect(
      storeWith({
        bucket: 'no-such-bucket',
        s3: new S3Client({ ...root, forcePathStyle: true }),
      }).store.callers(hour),
    ).rejects.toMatchObject({ failure: 'table-missing' });
    await expect(
      storeWith({
        workGroup: 'none',
        athena: new AthenaClient(root),
      }).store.callers(hour),
    ).rejects.toMatchObject({
      failure: 'table-missing',
      message: expect.stringContaining('WorkGroup none is not found'),
    });
  });

  it('says what to do without access', async () => {
    const { accountId, sandbox } = account;
    const config = sandbox.clientConfig({
      accountId,
      roleArn: `arn:aws:iam::${accountId}:role/portal`,
    });
    await expect(
      storeWith({
        s3: new S3Client({ ...config, forcePathStyle: true }),
      }).store.callers(hour),
    ).rejects.toMatchObject({
      failure: 'no-access',
      message: expect.stringMatching(
        /^AWS refuses s3:ListBucket on the bucket/,
      ),
    });
    await expect(
      storeWith({ athena: new AthenaClient(config) }).store.callers(hour),
    ).rejects.toMatchObject({
      failure: 'no-access',
      message: expect.stringMatching(/^AWS refuses athena:StartQueryExecution/),
    });
  });

  it('stops in AWS what its asker gives up', async () => {
    const { store, athena } = storeWith();
    const asker = new AbortController();
    const ids: string[] = [];
    athena.middlewareStack.add(next => async args => {
      const result = await next(args);
      const { QueryExecutionId: id } = result.output as {
        QueryExecutionId?: string;
      };
      if (id) {
        ids.push(id);
        asker.abort(new Error('Enough'));
      }
      return result;
    });
    await expect(
      store.callers({ ...hour, signal: asker.signal }),
    ).rejects.toThrow('Enough');
    const looking = new AthenaClient(account.config);
    let state: string | undefined;
    do {
      await setTimeout(20);
      const { QueryExecution } = await looking.send(
        new GetQueryExecutionCommand({ QueryExecutionId: ids[0] }),
      );
      state = QueryExecution?.Status?.State;
    } while (state === 'QUEUED' || state === 'RUNNING');
    expect(state).toBe('CANCELLED');
  });

  it('counts once what is compacted while it is asked', async () => {
    const { store, athena } = storeWith();
    await store.append({
      id: 'late',
      calls: [storedCallOf({ timestamp: from + 9, requestId: '9' })],
    });
    const compacted: number[] = [];
    athena.middlewareStack.add((next, context) => async args => {
      if (
        context.commandName === 'StartQueryExecutionCommand' &&
        compacted.length === 0
      ) {
        compacted.push(0);
        compacted.push((await store.compact({ before: hour.to })).hours);
      }
      return next(args);
    });
    const { lines, items } = await store.callers(hour);
    expect(compacted).toEqual([0, 1]);
    expect([lines, items[0].calls]).toEqual([4, 4]);
  });

  it('says what to do when a question reads too much', async () => {
    const { store } = storeWith();
    await store.append({
      id: 'many',
      calls: Array.from({ length: 8000 }, (_, index) =>
        storedCallOf({
          timestamp: from + 5 * HOUR + index,
          userAgent: randomBytes(1500).toString('base64'),
        }),
      ),
    });
    await expect(
      store.callers({ ...hour, to: from + 6 * HOUR }),
    ).rejects.toMatchObject({
      failure: 'limit-exceeded',
      message: expect.stringContaining('MaximumScannedBytes'),
    });
  });

  it.each([
    // As Athena and Trino word it.
    ['Query exhausted resources at this scale factor', 'limit-exceeded'],
    ['Bytes scanned limit was exceeded', 'limit-exceeded'],
    [
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.a.calls' does not exist",
      'table-missing',
    ],
    ["SCHEMA_NOT_FOUND: line 1:15: Schema 'a' does not exist", 'table-missing'],
    [
      "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved",
      'table-missing',
    ],
    ['Permission denied on S3 path: s3://bucket/key', 'no-access'],
    [
      'Insufficient permissions to execute the query. User is not authorized to perform: glue:GetTable',
      'no-access',
    ],
    ['GENERIC_INTERNAL_ERROR: oops', 'failed'],
  ])('takes %p for %s', (reason, failure) => {
    const error = queryError({
      state: 'FAILED',
      reason,
      queryId: 'q-1',
      workGroup: 'w',
      database: 'd',
    });
    expect(error.failure).toBe(failure);
    expect(error.message).toContain(reason);
  });
});
