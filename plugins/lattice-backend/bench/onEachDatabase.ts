import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { findPostgres, startPostgres } from '../src/__testUtils__/postgres';

/** Does something on an empty SQLite in a file, then on PostgreSQL where it is installed. */
export async function onEachDatabase(
  work: (name: string, knex: Knex) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const sqlite = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'lattice.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await work('SQLite', sqlite);
  } finally {
    await sqlite.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!findPostgres()) {
    process.stdout.write('PostgreSQL: not installed here\n');
    return;
  }
  const server = startPostgres();
  const postgres = createKnex({
    client: 'pg',
    connection: server.connectionString,
  });
  try {
    await work('PostgreSQL', postgres);
  } finally {
    await postgres.destroy();
    server.stop();
  }
}
