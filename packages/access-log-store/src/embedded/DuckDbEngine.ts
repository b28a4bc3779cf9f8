import type { FileSnapshot } from '../files/FileSnapshot';
import type { Value } from '../schema/Column';
import type { Dialect } from '../sql/Dialect';
import type { QueryEngine } from '../sql/QueryEngine';
import { join, name, sql, type Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import { quote } from './duckDbChild';
import type { DuckDbPool } from './DuckDbPool';

/** SQL for DuckDB: the table is a view of the files of the snapshot. */
export const duckDbDialect: Dialect = {
  isVisible: () => sql`TRUE`,
};

/** Asks DuckDB. */
export class DuckDbEngine implements QueryEngine {
  readonly dialect = duckDbDialect;
  readonly readsLaterFiles = false;
  readonly #pool: DuckDbPool;
  readonly #pathOf: (key: string) => string;

  constructor(options: { pool: DuckDbPool; pathOf: (key: string) => string }) {
    this.#pool = options.pool;
    this.#pathOf = options.pathOf;
  }

  async ask(options: {
    statement: Statement;
    files: FileSnapshot;
    signal?: AbortSignal;
  }): Promise<AsyncIterable<Value[][]>> {
    const { statement, files, signal } = options;
    const paths = files.files.map(({ key }) => this.#pathOf(key));
    const view = `CREATE TEMP VIEW ${
      statement.table
    } AS SELECT * FROM ${parquet(paths)}`;
    return this.#pool.run(
      {
        before: [view],
        rowsAreJson: statement.isLarge,
        ...(statement.isLarge ? asJson(statement) : statement.sql).render(),
      },
      signal,
    );
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** Each row as one JSON array. Outside of a statement its order would be lost. */
function asJson({ sql: rows, columns }: Statement): Sql {
  const cells = join(Object.keys(columns).map(name), ', ');
  return sql`SELECT CAST(json_array(${cells}) AS VARCHAR) FROM (${rows})`;
}

/** What reads Parquet files of the store. */
export function parquet(paths: readonly string[]): string {
  return `read_parquet([${paths
    .map(quote)
    .join(', ')}], hive_partitioning = false)`;
}
