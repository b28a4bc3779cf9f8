import { createWriteStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { duckDbTypes } from '../schema/Column';
import { type TableName, tables } from '../schema/tables';
import { sql, type Sql } from '../sql/Sql';
import { quote } from './duckDbChild';
import { parquet } from './DuckDbEngine';
import type { DuckDbPool } from './DuckDbPool';

const ROWS_AT_ONCE = 500;
const MIN_OBJECT_SIZE = 1024 * 1024;
/** Small enough that the rows of one service are found without reading those of all. */
const ROW_GROUP_SIZE = 16_384;

/** Writes Parquet files, sorted as their table says. */
export class ParquetWriter {
  readonly #pool: DuckDbPool;
  readonly #scratch: string;

  /** @param options - `scratch`: absolute path of a folder that DuckDB may write to */
  constructor(options: { pool: DuckDbPool; scratch: string }) {
    this.#pool = options.pool;
    this.#scratch = options.scratch;
  }

  /** Folder for files that are not finished. */
  get scratch(): string {
    return this.#scratch;
  }

  /** Writes rows, which are JSON, into a file. @returns its path */
  async write(table: TableName, rows: Iterable<string>): Promise<string> {
    const input = await this.#newFile('ndjson');
    try {
      const size = { longest: MIN_OBJECT_SIZE };
      await pipeline(
        Readable.from(texts(rows, size)),
        createWriteStream(input),
      );
      const columns = Object.entries(tables[table].columns)
        .map(([name, type]) => `${name}: '${duckDbTypes[type]}'`)
        .join(', ');
      const { file } = await this.#copy({
        table,
        from: `read_json(${quote(
          input,
        )}, format = 'newline_delimited', columns = {${columns}}, maximum_object_size = ${
          size.longest
        })`,
      });
      return file;
    } finally {
      await fs.rm(input, { force: true });
    }
  }

  /** Makes one file of several, of all rows or some. */
  async merge(options: {
    table: TableName;
    paths: readonly string[];
    where?: Sql;
    signal?: AbortSignal;
  }): Promise<{ file: string; lines: number }> {
    const { table, paths, where, signal } = options;
    return this.#copy({ table, from: parquet(paths), where, signal });
  }

  /** Removes what crashes left: files that have not changed for an hour. */
  async clean(now: number): Promise<void> {
    await fs.mkdir(this.#scratch, { recursive: true });
    for (const name of await fs.readdir(this.#scratch)) {
      const path = join(this.#scratch, name);
      const { mtimeMs } = await fs.stat(path);
      if (mtimeMs < now - 3_600_000) {
        await fs.rm(path, { force: true, recursive: true });
      }
    }
  }

  async #copy(options: {
    table: TableName;
    from: string;
    where?: Sql;
    signal?: AbortSignal;
  }): Promise<{ file: string; lines: number }> {
    const { table, from, where = sql`TRUE`, signal } = options;
    const { columns, sortedBy } = tables[table];
    const file = await this.#newFile('parquet');
    const { text, parameters } = where.render();
    try {
      const [[lines]] = await this.#pool.runAll(
        {
          before: [],
          text: `COPY (SELECT ${Object.keys(columns).join(
            ', ',
          )} FROM ${from} WHERE ${text} ORDER BY ${sortedBy.join(
            ', ',
          )}) TO ${quote(
            file,
          )} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_SIZE})`,
          parameters,
        },
        signal,
      );
      return { file, lines: Number(lines) };
    } catch (error) {
      await fs.rm(file, { force: true });
      throw error;
    }
  }

  async #newFile(extension: string): Promise<string> {
    await fs.mkdir(this.#scratch, { recursive: true });
    return join(this.#scratch, `${randomUUID()}.${extension}`);
  }
}

/** @param size - is told the bytes of the longest row: DuckDB makes room for some of that length */
function* texts(
  rows: Iterable<string>,
  size: { longest: number },
): Generator<string> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    size.longest = Math.max(size.longest, Buffer.byteLength(row) + 1);
    text += `${row}\n`;
    count++;
    if (count % ROWS_AT_ONCE === 0) {
      yield text;
      text = '';
    }
  }
  yield text;
}
