import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { findPostgres, startPostgres } from '../src/__testUtils__/postgres';

/** Databases that benchmarks are run on. */
export const benchDatabases = ['SQLite', 'PostgreSQL'] as const;

/** Does something on an empty SQLite in a file, then on PostgreSQL where it is installed. */
export async function onEachDatabase(
  work: (name: string, knex: Knex) => Promise<void>,
): Promise<void> {
  for (const name of benchDatabases) {
    await onDatabase(name, knex => work(name, knex));
  }
}

/** Does something on one of them. */
export async function onDatabase(
  name: (typeof benchDatabases)[number],
  work: (knex: Knex) => Promise<void>,
): Promise<void> {
  await (name === 'SQLite' ? onSqlite(work) : onPostgres(work));
}

async function onSqlite(work: (knex: Knex) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const sqlite = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'lattice.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await work(sqlite);
  } finally {
    await sqlite.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(work: (knex: Knex) => Promise<void>): Promise<void> {
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
    await work(postgres);
  } finally {
    await postgres.destroy();
    server.stop();
  }
}
