import {
  type GlueTable,
  parseLocation,
  readGlueTable,
} from '../../athena/GlueTable';
import { parseParameter } from '../../athena/parseParameter';
import type {
  QueryRows,
  QueryRunner,
  ReadableTable,
  TableFile,
} from '../../athena/QueryRunner';
import { AwsError } from '../AwsError';
import { findKept, keptOf } from '../kept/keptResource';
import type { OperationContext } from '../OperationHandler';
import type { QueryExecution } from './QueryExecution';

/** Athena's categories of errors: its own, the asker's, others. */
const USER_ERROR = 2;
/** https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
const PERMISSION_ERROR = 1005;
const SYNTAX_ERROR = 1200;
const LIMIT_ERROR = 1300;

/** Runs a query to its end, whatever that is. Never throws. */
export async function runQuery(options: {
  execution: QueryExecution;
  cutoff: number | undefined;
  runner: QueryRunner;
  context: OperationContext;
}): Promise<void> {
  const { execution, context } = options;
  try {
    if (isCancelled(execution)) {
      return;
    }
    execution.state = 'RUNNING';
    const result = await answer(options);
    if (!isCancelled(execution)) {
      await writeAnswer(execution, result, context);
      execution.result = result;
      execution.state = 'SUCCEEDED';
    }
  } catch (error) {
    if (!isCancelled(execution)) {
      fail(execution, error as Error);
    }
  } finally {
    execution.completedAt ??= new Date(context.now());
    execution.stop = undefined;
  }
}

/** Another request may have ended it. */
function isCancelled({ state }: QueryExecution): boolean {
  return state === 'CANCELLED';
}

async function answer(options: {
  execution: QueryExecution;
  cutoff: number | undefined;
  runner: QueryRunner;
  context: OperationContext;
}): Promise<QueryRows> {
  const { execution, cutoff, runner, context } = options;
  const { query, parameters = [] } = execution;
  if (!/^\s*(select|with|\()/i.test(query)) {
    throw new Error('NOT_SUPPORTED: The sandbox runs SELECT and WITH only');
  }
  const tables: ReadableTable[] = [];
  for (const table of tablesIn(execution, context)) {
    tables.push({ table, files: await filesOf(table, context) });
  }
  execution.bytesScanned = tables
    .flatMap(({ files }) => files)
    .reduce((sum, { size }) => sum + size, 0);
  if (cutoff !== undefined && execution.bytesScanned > cutoff) {
    // Athena ends such a query as cancelled.
    execution.state = 'CANCELLED';
    execution.reason = 'Bytes scanned limit was exceeded';
    throw new Error(execution.reason);
  }
  return runner.run({
    text: query,
    parameters: parameters.map(parseParameter),
    tables,
    readObject: async (bucket, key) =>
      (await context.call('s3', 'GetObject', { Bucket: bucket, Key: key }))
        .Body,
    onStart: stop => {
      execution.stop = stop;
      if (isCancelled(execution)) {
        stop();
      }
    },
  });
}

/** The tables of the database whose names stand in the query. */
function tablesIn(
  { query, database }: QueryExecution,
  { estate, accountId, region }: OperationContext,
): GlueTable[] {
  const place = { accountId, region };
  const type = 'AWS::Glue::Database';
  if (database && !findKept(estate, { ...place, type, physicalId: database })) {
    throw new Error(
      `SCHEMA_NOT_FOUND: line 1:15: Schema '${database}' does not exist`,
    );
  }
  return keptOf(estate, { ...place, type: 'AWS::Glue::Table' })
    .map((table): Record<string, any> => table.properties)
    .filter(
      ({ DatabaseName, TableInput }) =>
        DatabaseName === database &&
        new RegExp(`\\b${TableInput.Name}\\b`, 'i').test(query),
    )
    .map(readGlueTable);
}

async function filesOf(
  table: GlueTable,
  context: OperationContext,
): Promise<TableFile[]> {
  const files: TableFile[] = [];
  let token: string | undefined;
  do {
    const page = await context.call('s3', 'ListObjectsV2', {
      Bucket: table.bucket,
      Prefix: table.prefix,
      ContinuationToken: token,
    });
    for (const { Key: key, Size: size, ETag } of page.Contents) {
      const parts = table.key.exec(key);
      if (parts && size > 0) {
        const etag = ETag.replaceAll('"', '');
        files.push({ key, size, etag, partitions: { ...parts.groups } });
      }
    }
    token = page.NextContinuationToken;
  } while (token);
  return files;
}

async function writeAnswer(
  { outputLocation }: QueryExecution,
  { columns, rows }: QueryRows,
  context: OperationContext,
): Promise<void> {
  const { bucket, key } = parseLocation(outputLocation);
  const quote = (value: string | undefined) =>
    value === undefined ? '' : `"${value.replaceAll('"', '""')}"`;
  const lines = [columns.map(({ name }) => name), ...rows].map(row =>
    row.map(quote).join(','),
  );
  try {
    await context.call('s3', 'PutObject', {
      Bucket: bucket,
      Key: key,
      Body: Buffer.from(`${lines.join('\n')}\n`),
    });
  } catch (error) {
    if (error instanceof AwsError) {
      throw new AwsError({
        code: error.code,
        message: `Access denied when writing output to url: ${outputLocation} . Please ensure you are allowed to access the S3 bucket. ${error.message}`,
      });
    }
    throw error;
  }
}

function fail(execution: QueryExecution, error: Error): void {
  execution.state = 'FAILED';
  execution.reason = reasonOf(execution, error);
  execution.error = {
    category: USER_ERROR,
    type: typeOf(error),
    message: execution.reason,
  };
}

function typeOf(error: Error): number {
  if (error instanceof AwsError) {
    return PERMISSION_ERROR;
  }
  return /out of memory/i.test(error.message) ? LIMIT_ERROR : SYNTAX_ERROR;
}

/** As Athena puts it, where it is known how it does. */
function reasonOf({ database }: QueryExecution, error: Error): string {
  if (error instanceof AwsError) {
    return error.code === 'NOT_SUPPORTED'
      ? `NOT_SUPPORTED: ${error.message}`
      : `PERMISSION_DENIED: ${error.code}: ${error.message}`;
  }
  const missing = error.message.match(/Table with name (\S+) does not exist/);
  return missing
    ? `TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.${database}.${missing[1]}' does not exist`
    : error.message;
}
