import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  startTestSandbox,
  type TestSandbox,
} from '../../testing/startTestSandbox';

const accountId = '223344556677';

const template = `
Resources:
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: rows } }
  Database:
    Type: AWS::Glue::Database
    Properties: { CatalogId: !Ref AWS::AccountId, DatabaseInput: { Name: db } }
  Table:
    Type: AWS::Glue::Table
    DependsOn: Database
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: db
      TableInput:
        Name: numbers
        Parameters:
          projection.enabled: 'true'
          projection.day.type: date
          projection.day.format: yyyy-MM-dd
          projection.day.range: 2024-01-01,NOW
          storage.location.template: 's3://rows/numbers/day=\${day}/'
        PartitionKeys: [{ Name: day, Type: string }]
        StorageDescriptor:
          Location: s3://rows/numbers/
          SerdeInfo: { SerializationLibrary: org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe }
          Columns:
            - { Name: n, Type: bigint }
            - { Name: text, Type: string }
            - { Name: half, Type: double }
  Lines:
    Type: AWS::Glue::Table
    DependsOn: Database
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: db
      TableInput:
        Name: lines
        StorageDescriptor:
          Location: s3://rows/lines/
          SerdeInfo: { SerializationLibrary: org.openx.data.jsonserde.JsonSerDe }
          Columns: [{ Name: n, Type: bigint }]
  OtherDatabase:
    Type: AWS::Glue::Database
    Properties: { CatalogId: !Ref AWS::AccountId, DatabaseInput: { Name: other } }
  TableOfTheSameName:
    Type: AWS::Glue::Table
    DependsOn: OtherDatabase
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: other
      TableInput:
        Name: numbers
        StorageDescriptor:
          Location: s3://rows/other/
          SerdeInfo: { SerializationLibrary: org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe }
          Columns: [{ Name: n, Type: bigint }]
  WorkGroup:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: askers
      WorkGroupConfiguration:
        ResultConfiguration: { OutputLocation: s3://rows/answers }
  Small:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: small
      WorkGroupConfiguration:
        BytesScannedCutoffPerQuery: 10000000
        ResultConfiguration: { OutputLocation: s3://rows/answers/ }
  Asker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: asker
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !Ref AWS::AccountId }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: ask
          PolicyDocument:
            Statement: [{ Effect: Allow, Action: 'athena:*', Resource: !Sub 'arn:aws:athena:*:\${AWS::AccountId}:workgroup/askers' }]
  Off: { Type: AWS::Athena::WorkGroup, Properties: { Name: off, State: DISABLED } }
`;

/** A file of rows from 0 to below a number. */
async function parquetOf(rows: number, text = "'t' || range"): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
  const file = join(folder, 'rows.parquet');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT range AS n, CASE WHEN range = 1 THEN NULL ELSE ${text} END AS text, range / 2 AS half FROM range(${rows})) TO '${file}'`,
  );
  connection.closeSync();
  instance.closeSync();
  const body = await readFile(file);
  await rm(folder, { recursive: true });
  return body;
}

describe('athenaOperations', () => {
  let sandbox: TestSandbox;
  let athena: AthenaClient;
  let s3: S3Client;

  const put = async (Key: string, Body: Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: 'rows', Key, Body }));

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    const config = sandbox.clientConfig({ accountId });
    athena = new AthenaClient(config);
    s3 = new S3Client({ ...config, forcePathStyle: true });
    const client = new CloudFormationClient(config);
    await client.send(
      new CreateStackCommand({
        StackName: 'rows',
        TemplateBody: template,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    await waitUntilStackCreateComplete(
      { client, maxWaitTime: 60, minDelay: 0.1, maxDelay: 0.5 },
      { StackName: 'rows' },
    );
    await put('numbers/day=2026-11-22/a.parquet', await parquetOf(3));
    await put('numbers/day=2026-11-23/b.parquet', await parquetOf(2));
    await put('numbers/day=2026-11-23/_note', Buffer.from('no data'));
    await put('numbers/elsewhere/c.parquet', await parquetOf(9));
  }, 60_000);

  afterAll(async () => {
    await sandbox.stop();
  });

  async function start(
    QueryString: string,
    options: {
      parameters?: string[];
      workGroup?: string;
      database?: string;
      client?: AthenaClient;
    } = {},
  ): Promise<string> {
    const { parameters, workGroup = 'askers', database = 'db' } = options;
    const { QueryExecutionId } = await (options.client ?? athena).send(
      new StartQueryExecutionCommand({
        QueryString,
        ExecutionParameters: parameters,
        WorkGroup: workGroup,
        QueryExecutionContext: { Database: database },
      }),
    );
    return QueryExecutionId!;
  }

  async function end(id: string): Promise<QueryExecution> {
    for (;;) {
      const { QueryExecution: execution } = await athena.send(
        new GetQueryExecutionCommand({ QueryExecutionId: id }),
      );
      if (!['QUEUED', 'RUNNING'].includes(execution!.Status!.State!)) {
        return execution!;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
  }

  async function ask(...question: Parameters<typeof start>) {
    const id = await start(...question);
    const execution = await end(id);
    const { State, StateChangeReason } = execution.Status!;
    if (State !== 'SUCCEEDED') {
      throw new Error(`${State}: ${StateChangeReason}`);
    }
    const { ResultSet } = await athena.send(
      new GetQueryResultsCommand({ QueryExecutionId: id }),
    );
    return ResultSet!.Rows!.map(({ Data }) =>
      Data!.map(({ VarCharValue }) => VarCharValue),
    );
  }

  it('knows tables of the same name by their database', async () => {
    expect(
      await ask('SELECT count(*) AS n FROM numbers', { database: 'other' }),
    ).toEqual([['n'], ['0']]);
  });

  it('answers from the files of the partitions', async () => {
    expect(
      await ask(
        'SELECT day, n, text, half, n > 1 AS more FROM numbers ORDER BY day, n',
      ),
    ).toEqual([
      ['day', 'n', 'text', 'half', 'more'],
      ['2026-11-22', '0', 't0', '0.0', 'false'],
      ['2026-11-22', '1', undefined, '0.5', 'false'],
      ['2026-11-22', '2', 't2', '1.0', 'true'],
      ['2026-11-23', '0', 't0', '0.0', 'false'],
      ['2026-11-23', '1', undefined, '0.5', 'false'],
    ]);
    expect(
      await ask('SELECT DISTINCT "$path" FROM numbers WHERE day > ?', {
        parameters: ["'2026-11-22'"],
      }),
    ).toEqual([['$path'], ['s3://rows/numbers/day=2026-11-23/b.parquet']]);
  });

  it('pages, and writes the answer to the output location', async () => {
    const id = await start('SELECT range AS r FROM range(5) ORDER BY range');
    const { ResultConfiguration, Statistics } = await end(id);
    const rows: string[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await athena.send(
        new GetQueryResultsCommand({
          QueryExecutionId: id,
          MaxResults: 4,
          NextToken,
        }),
      );
      expect(page.ResultSet!.ResultSetMetadata!.ColumnInfo).toMatchObject([
        { Name: 'r', Type: 'bigint' },
      ]);
      rows.push(
        ...page.ResultSet!.Rows!.map(row => row.Data![0].VarCharValue!),
      );
      NextToken = page.NextToken;
      pages++;
    } while (NextToken);
    expect([pages, rows]).toEqual([2, ['r', '0', '1', '2', '3', '4']]);
    expect(Statistics!.DataScannedInBytes).toBe(0);
    const location = ResultConfiguration!.OutputLocation!;
    expect(location).toBe(`s3://rows/answers/${id}.csv`);
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: 'rows', Key: `answers/${id}.csv` }),
    );
    expect(await Body!.transformToString()).toBe(
      '"r"\n"0"\n"1"\n"2"\n"3"\n"4"\n',
    );
  });

  it('takes parameters that are literals', async () => {
    const parameters = ["'it''s ''?'''", '-7', '1.5E0', 'true'];
    expect(
      await ask('SELECT ?, ?, ?, ?', { parameters }).then(rows => rows[1]),
    ).toEqual(["it's '?'", '-7', '1.5', 'true']);
    for (const parameter of ['text', "'", "'a' OR 'b'", '1; SELECT 2']) {
      await expect(
        ask('SELECT ?', { parameters: [parameter] }),
      ).rejects.toThrow(/mismatched input/);
    }
    await expect(
      start('SELECT ?', { parameters: ['1'.repeat(1025)] }),
    ).rejects.toThrow('1 to 1024');
  });

  it.each([
    ['SELECT * FROM missing', /TABLE_NOT_FOUND: .*awsdatacatalog.db.missing/],
    ['SELECT * FROM lines', /NOT_SUPPORTED: .*not of Parquet files/],
    ['SELECT n FROM numbers WHERE', /syntax error/i],
    ['DROP TABLE numbers', /NOT_SUPPORTED/],
    ["SELECT * FROM read_csv('/etc/passwd')", /Permission Error/],
    ["WITH a AS (SELECT 1) SELECT * FROM a, '/etc/passwd'", /TABLE_NOT_FOUND/],
  ])('fails for %s', async (query, reason) => {
    await expect(ask(query)).rejects.toThrow(reason);
  });

  it('refuses what it can not start', async () => {
    await expect(
      ask('SELECT n FROM numbers', { database: 'none' }),
    ).rejects.toThrow(/SCHEMA_NOT_FOUND/);
    await expect(start('SELECT 1', { workGroup: 'none' })).rejects.toThrow(
      'WorkGroup none is not found',
    );
    await expect(start('SELECT 1', { workGroup: 'off' })).rejects.toThrow(
      'disabled',
    );
    await expect(start('SELECT 1', { workGroup: 'primary' })).rejects.toThrow(
      'No output location provided',
    );
    await expect(end('00000000-0000-0000-0000-000000000000')).rejects.toThrow(
      'was not found',
    );
  });

  it('asks S3 as the caller', async () => {
    const roleArn = `arn:aws:iam::${accountId}:role/asker`;
    const client = new AthenaClient(
      sandbox.clientConfig({ accountId, roleArn }),
    );
    await expect(
      start('SELECT 1', { client, workGroup: 'small' }),
    ).rejects.toThrow(
      /not authorized to perform: athena:StartQueryExecution on resource: arn:aws:athena:us-east-1:223344556677:workgroup\/small/,
    );
    const id = await start('SELECT n FROM numbers', { client });
    expect((await end(id)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringMatching(/^PERMISSION_DENIED: /),
    });
    // A query is authorized as its workgroup.
    await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const other = await start('SELECT 1', { workGroup: 'small' });
    await expect(
      client.send(new GetQueryExecutionCommand({ QueryExecutionId: other })),
    ).rejects.toThrow(/not authorized.*workgroup\/small/);
  });

  it('stops a query', async () => {
    const id = await start(
      'SELECT count(*) FROM range(100000000) a, range(1000) b WHERE a.range * b.range % 7 = 3',
    );
    await expect(
      athena.send(new GetQueryResultsCommand({ QueryExecutionId: id })),
    ).rejects.toThrow('not yet finished');
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    const { Status } = await end(id);
    expect(Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
  });

  it('ends a query that reads more than its workgroup allows', async () => {
    await put(
      'numbers/day=2026-11-24/large.parquet',
      await parquetOf(400_000, 'md5(random()::VARCHAR)'),
    );
    await expect(
      ask('SELECT count(*) FROM numbers', { workGroup: 'small' }),
    ).rejects.toThrow('CANCELLED: Bytes scanned limit was exceeded');
    const { WorkGroup } = await athena.send(
      new GetWorkGroupCommand({ WorkGroup: 'small' }),
    );
    expect(WorkGroup!.Configuration!.BytesScannedCutoffPerQuery).toBe(
      10_000_000,
    );
  }, 30_000);
});
