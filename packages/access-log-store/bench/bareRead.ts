import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What DuckDB alone takes to bring gzip files of JSON lines into Parquet, and no more than that. */
async function run(folder: string): Promise<void> {
  const into = mkdtempSync(join(tmpdir(), 'bare-'));
  try {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const files = quoted(join(folder, '**/*.gz'));
    const file = quoted(join(into, 'bare.parquet'));
    const start = performance.now();
    await connection.run(
      `COPY (SELECT * FROM read_json(${files}, format = 'newline_delimited')) TO ${file} (FORMAT parquet)`,
    );
    const seconds = (performance.now() - start) / 1000;
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FROM ${file}`,
    );
    const lines = Number(reader.getRows()[0][0]);
    process.stdout.write(JSON.stringify({ lines, seconds }));
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

run(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
