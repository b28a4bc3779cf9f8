import type { FileSnapshot } from '../files/FileSnapshot';
import type { Value } from '../schema/Column';
import type { Dialect } from '../sql/Dialect';
import type { QueryEngine } from '../sql/QueryEngine';
import { join, name, sql, type Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import { quote } from './duckDbChild';
import type { DuckDbPool } from './DuckDbPool';

/** Rows that become one text at most. */
const MAX_NESTED = 131_072;

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
        rowsAreNested: statement.manyRows !== undefined,
        ...(statement.manyRows
          ? nested(statement, statement.manyRows)
          : statement.sql
        ).render(),
      },
      signal,
    );
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** Rows that share their first cells as one JSON array: those cells, then a list for each other column. */
function nested(
  { sql: rows, columns }: Statement,
  { repeated, exchangeable }: NonNullable<Statement['manyRows']>,
): Sql {
  const names = Object.keys(columns).map(name);
  const shared = names.slice(0, repeated);
  const lists = names.slice(repeated + exchangeable);
  const cells = [
    ...shared,
    ...names
      .slice(repeated, repeated + exchangeable)
      .map(column => sql`max(${column})`),
  ];
  return sql`SELECT CAST(json_array(json_array(${join(cells, ', ')}), ${join(
    lists.map(column => sql`list(${column})`),
    ', ',
  )}) AS VARCHAR)
FROM (SELECT *, row_number() OVER () // ${MAX_NESTED} AS part FROM (${rows}))
GROUP BY ${join([...shared, sql`part`], ', ')}`;
}

/** What reads Parquet files of the store. */
export function parquet(paths: readonly string[]): string {
  return `read_parquet([${paths
    .map(quote)
    .join(', ')}], hive_partitioning = false)`;
}
