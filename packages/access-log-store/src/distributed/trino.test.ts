import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectionKey } from '@lattice-portal/access-logs';
import { everyStatement } from '../__testUtils__/everyStatement';
import { generatedCalls, storedCall } from '../__testUtils__/generatedCalls';
import { childSettings } from '../embedded/childSettings';
import { DuckDbPool } from '../embedded/DuckDbPool';
import { duckDbDialect, parquet } from '../embedded/DuckDbEngine';
import { ParquetWriter } from '../embedded/ParquetWriter';
import type { FileSnapshot } from '../files/FileSnapshot';
import { rowOfCall } from '../schema/calls';
import { duckDbTypes, type Row, type Value } from '../schema/Column';
import { rowOfConnection } from '../schema/connections';
import { jsonOfRow } from '../schema/jsonOfRow';
import { type TableName, tables } from '../schema/tables';
import type { Statement } from '../sql/Statement';
import { trinoDialect, trinoParameter } from './trinoDialect';

jest.setTimeout(300_000);

/** Java class path of a Trino engine. Made by Maven, see the README; without it there is nothing to run. */
const classPath = process.env.TRINO_CLASS_PATH;
const DAY = Date.UTC(2026, 10, 22);
const days = ['2026-11-22'];
const hidden = ['calls/replaced.parquet'];
const snapshot: FileSnapshot = {
  table: 'calls',
  days,
  files: [],
  hoursRead: new Set(),
  hidden,
};
const locationOf = (key: string) => `s3://bucket/${key}`;

(classPath ? describe : describe.skip)('a Trino engine', () => {
  it('answers every statement as DuckDB does', async () => {
    const folder = await fs.mkdtemp(join(tmpdir(), 'trino-'));
    const settings = childSettings({
      folder,
      scratch: folder,
      memoryLimit: 512,
      threads: 2,
    });
    const pool = new DuckDbPool({ settings, size: 1 });
    const rows = await rowsToAsk();
    const [example] = rows.calls.filter(
      ({ outcome, caller_account: account }) =>
        String(outcome).startsWith('denied') && account,
    );
    const question = {
      scope: {
        from: DAY,
        to: DAY + 86_400_000,
        serviceArns: rows.calls
          .slice(0, 200)
          .map(row => String(row.service_arn)),
        serviceRange: {
          from: 'arn:aws:vpc-lattice:',
          before: 'arn:aws:vpc-lattice;',
        },
        callerIds: rows.calls.slice(0, 200).map(row => String(row.caller)),
        serviceNetworkArns: [String(example.service_network_arn), undefined],
        accountIds: rows.calls
          .slice(0, 100)
          .map(row => String(row.service_account)),
      },
      requestId: String(example.request_id),
      cursor: { time: Number(example.time_ms), key: String(example.call_key) },
    };
    const dialect = trinoDialect({ locationOf });
    const onTrino = everyStatement(dialect.isVisible(snapshot), question);
    const answers = await runOnTrino({
      folder,
      setup: Object.keys(tables).flatMap(table =>
        setupOf(table as TableName, rows[table as TableName]),
      ),
      statements: onTrino.map(([, { sql }]) => sql.render(trinoParameter)),
    });

    const writer = new ParquetWriter({ pool, scratch: folder });
    const views: string[] = [];
    for (const [table, some] of Object.entries(rows)) {
      const path = await writer.write(table as TableName, some.map(jsonOfRow));
      views.push(`CREATE TEMP VIEW ${table} AS FROM ${parquet([path])}`);
    }
    const onDuckDb = everyStatement(
      duckDbDialect.isVisible(snapshot),
      question,
    );
    for (const [index, [name, statement]] of onDuckDb.entries()) {
      const expected = await pool.runAll({
        before: views,
        ...statement.sql.render(),
      });
      const told = name.startsWith('shapes')
        ? (some: Value[][]) => shapesIn(some, statement)
        : (some: Value[][]) => some;
      expect([name, told(answers[index])]).toEqual([name, told(expected)]);
    }
    const counts = answers.map(({ length }) => length);
    expect(Math.max(...counts)).toBeGreaterThan(100);
    await pool.close();
    await fs.rm(folder, { recursive: true });
  });
});

/** In one order, as they are in none. Of the sessions of a role, an engine may tell of any. */
function shapesIn(rows: Value[][], { columns }: Statement): string[] {
  const names = Object.keys(columns);
  const isSession = names.indexOf('is_session');
  const principal = names.indexOf('example_principal');
  return rows
    .map(row =>
      JSON.stringify(
        row.map((value, column) =>
          column === principal && row[isSession] === true
            ? String(value).replace(/[^/]*$/, '')
            : value,
        ),
      ),
    )
    .sort();
}

async function rowsToAsk(): Promise<Record<TableName, Row[]>> {
  const generated = await generatedCalls({ lines: 300, seed: 11 });
  const odd = ["it's", 'É%_ x', 'a?', '', '😀'].map((text, index) =>
    storedCall({
      ...generated[index].record,
      authDeniedReason: 'Service',
      requestPath: text,
      userAgent: text,
      requestMethod: undefined,
      duration: 1.5,
      sourceVpcId: undefined,
    }),
  );
  const twins = generated
    .filter((_, index) => index % 9 === 0)
    .map(({ record }) => storedCall(record, { source: 'other', twin: true }));
  const record = {
    eventTimestamp: '2026-11-22T00:00:00Z',
    timestamp: DAY,
    resourceConfigurationArn: 'arn:rcfg',
    other: {},
  };
  return {
    calls: [...generated, ...odd, ...twins].map(rowOfCall),
    connections: [
      rowOfConnection({
        key: connectionKey(record),
        source: 'a',
        twin: false,
        record,
      }),
    ],
  };
}

/** The table with its rows, as Athena would see it. */
function setupOf(table: TableName, rows: Row[]): string[] {
  const columns = Object.entries(tables[table].columns);
  const literal = (value: Value) => {
    if (value === undefined) {
      return 'NULL';
    }
    const { parameters } = trinoParameter(value);
    return `(${parameters.join(' || ')})`;
  };
  const names = [...columns.map(([name]) => name), 'day', '"$path"'].join(', ');
  const empty = [
    ...columns.map(
      ([name, type]) =>
        `CAST(NULL AS ${duckDbTypes[type].toLowerCase()}) AS ${name}`,
    ),
    `CAST(NULL AS varchar) AS day`,
    `CAST(NULL AS varchar) AS "$path"`,
  ].join(', ');
  const statements = [`CREATE TABLE ${table} AS SELECT ${empty} WHERE FALSE`];
  for (let from = 0; from < rows.length; from += 25) {
    const values = rows
      .slice(from, from + 25)
      .map(
        row =>
          `(${[
            ...columns.map(([name]) => literal(row[name])),
            literal(days[0]),
            literal(locationOf('calls/x.parquet')),
          ].join(', ')})`,
      );
    // A row of a replaced file, which must not count.
    const replaced = values[0].replace('calls/x.parquet', hidden[0]);
    statements.push(
      `INSERT INTO ${table} (${names}) VALUES ${[...values, replaced].join(
        ', ',
      )}`,
    );
  }
  return statements;
}

async function runOnTrino(options: {
  folder: string;
  setup: string[];
  statements: object[];
}): Promise<Value[][][]> {
  const { folder, setup, statements } = options;
  const input = join(folder, 'input.json');
  const output = join(folder, 'output.json');
  await fs.writeFile(input, JSON.stringify({ setup, statements }));
  await promisify(execFile)(
    'java',
    [
      ...['-cp', classPath!],
      join(__dirname, '../../scripts/trino/RunStatements.java'),
      ...[input, output],
    ],
    { maxBuffer: 100 * 1024 * 1024 },
  );
  const answers = JSON.parse(await fs.readFile(output, 'utf8'));
  return answers.map((rows: unknown[][]) =>
    rows.map(row => row.map(value => (value === null ? undefined : value))),
  );
}
