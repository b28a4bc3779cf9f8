import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import type { GlueTable } from './GlueTable';

/** An object of a table, with what its key says. */
export interface TableFile {
  key: string;
  etag: string;
  size: number;
  partitions: Record<string, string>;
}

/** A table with its files. */
export interface ReadableTable {
  table: GlueTable;
  files: TableFile[];
}

/** Rows as Athena gives them: texts, or nothing for null. */
export interface QueryRows {
  columns: { name: string; type: string }[];
  rows: (string | undefined)[][];
}

/** Gives the content of an object. */
export type ReadObject = (bucket: string, key: string) => Promise<Buffer>;

/**
 * Runs SQL over Parquet files in S3, through DuckDB.
 *
 * @remarks
 * DuckDB is no Trino: what both understand gives the same here as in Athena. `"$path"` is there.
 */
export class QueryRunner {
  /** Copies of objects, by what they are; a table is often asked again. */
  #folder?: Promise<string>;

  /** Runs a statement. @throws Error with DuckDB's words */
  async run(options: {
    text: string;
    parameters: readonly (string | number | bigint | boolean)[];
    tables: readonly ReadableTable[];
    readObject: ReadObject;
    /** Is given what stops the statement. */
    onStart: (stop: () => void) => void;
  }): Promise<QueryRows> {
    const { text, parameters, tables, readObject, onStart } = options;
    const folder = await this.#open();
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '2',
      memory_limit: '1GB',
    });
    const connection = await instance.connect();
    try {
      for (const readable of tables) {
        await this.#copy({ ...readable, folder, readObject });
        await connection.run(viewOf({ ...readable, folder }));
      }
      await connection.run(`SET autoload_known_extensions = false`);
      await connection.run(
        `SET allowed_directories = [${quote(`${folder}/`)}]`,
      );
      await connection.run(`SET enable_external_access = false`);
      await connection.run(`SET lock_configuration = true`);
      return await untilStopped(connection, onStart, () =>
        read(connection, text, parameters),
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** Removes the copies. */
  async close(): Promise<void> {
    const folder = await this.#folder;
    if (folder) {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  async #open(): Promise<string> {
    this.#folder ??= fs.mkdtemp(join(tmpdir(), 'lattice-sandbox-athena-'));
    return this.#folder;
  }

  async #copy(options: {
    table: GlueTable;
    files: TableFile[];
    folder: string;
    readObject: ReadObject;
  }): Promise<void> {
    const { table, files, folder, readObject } = options;
    for (const file of files) {
      const path = pathOf({ folder, table, file });
      const isThere = await fs.access(path).then(
        () => true,
        () => false,
      );
      if (!isThere) {
        await fs.mkdir(dirname(path), { recursive: true });
        await fs.writeFile(path, await readObject(table.bucket, file.key));
      }
    }
  }
}

/** The path ends with location and key, so that it tells them. */
function pathOf(options: {
  folder: string;
  table: GlueTable;
  file: TableFile;
}): string {
  const { folder, table, file } = options;
  return join(folder, file.etag, table.bucket, ...file.key.split('/'));
}

function viewOf(options: {
  table: GlueTable;
  files: TableFile[];
  folder: string;
}): string {
  const { table, files, folder } = options;
  const view = `CREATE VIEW ${identifier(table.name)} AS`;
  if (files.length === 0) {
    const empty = [
      ...table.columns.map(
        ({ name, type }) => `CAST(NULL AS ${type}) AS ${identifier(name)}`,
      ),
      ...[...table.partitionKeys, '$path'].map(
        name => `CAST(NULL AS VARCHAR) AS ${identifier(name)}`,
      ),
    ];
    return `${view} SELECT ${empty.join(', ')} WHERE FALSE`;
  }
  const byPartition = new Map<string, TableFile[]>();
  for (const file of files) {
    const key = JSON.stringify(file.partitions);
    byPartition.set(key, [...(byPartition.get(key) ?? []), file]);
  }
  const parts = [...byPartition.values()].map(group => {
    const paths = group.map(file => quote(pathOf({ folder, table, file })));
    const columns = [
      ...table.columns.map(
        ({ name, type }) =>
          `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`,
      ),
      ...Object.entries(group[0].partitions).map(
        ([name, value]) => `${quote(value)} AS ${identifier(name)}`,
      ),
      // After the folder come 32 digits between slashes, then bucket and key.
      `concat('s3://', substr(filename, ${folder.length + 35})) AS "$path"`,
    ];
    return `SELECT ${columns.join(', ')} FROM read_parquet([${paths.join(
      ', ',
    )}], hive_partitioning = false, filename = true)`;
  });
  return `${view} ${parts.join(' UNION ALL ')}`;
}

/** Runs something that may be stopped. DuckDB hears of it only once the statement has begun. */
async function untilStopped<T>(
  connection: DuckDBConnection,
  onStart: (stop: () => void) => void,
  run: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  onStart(() => {
    timer ??= setInterval(() => connection.interrupt(), 20);
  });
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}

/** DuckDB's client takes every number without a fraction for a whole one of 64 bits, however large. */
function typeOf(value: string | number | bigint | boolean): DuckDBType {
  switch (typeof value) {
    case 'string':
      return VARCHAR;
    case 'boolean':
      return BOOLEAN;
    case 'bigint':
      return BIGINT;
    default:
      return DOUBLE;
  }
}

async function read(
  connection: DuckDBConnection,
  text: string,
  parameters: readonly (string | number | bigint | boolean)[],
): Promise<QueryRows> {
  const result = await connection.runAndReadAll(
    text,
    [...parameters],
    parameters.map(typeOf),
  );
  const columnTypes = result.columnTypes().map(type => trinoType(`${type}`));
  return {
    columns: result
      .columnNames()
      .map((name, index) => ({ name, type: columnTypes[index] })),
    rows: result
      .getRows()
      .map(row => row.map((value, index) => textOf(value, columnTypes[index]))),
  };
}

function trinoType(type: string): string {
  const names: Record<string, string> = {
    VARCHAR: 'varchar',
    BIGINT: 'bigint',
    INTEGER: 'integer',
    DOUBLE: 'double',
    BOOLEAN: 'boolean',
  };
  return names[type] ?? type.toLowerCase();
}

function textOf(value: DuckDBValue, type: string): string | undefined {
  if (value === null) {
    return undefined;
  }
  // Doubles are written as Java does, with a decimal.
  return type === 'double' && Number.isInteger(value)
    ? `${value}.0`
    : String(value);
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
