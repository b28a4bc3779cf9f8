import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isPostgres } from './sql';

const directory = resolvePackagePath(
  '@lattice-portal/plugin-lattice-backend',
  'migrations',
);

/**
 * Opens the plugin's database and brings its tables up to date.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  await keepJournalAhead(knex);
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

/**
 * SQLite writes a change twice and waits for the disk each time, unless it writes ahead. Then the last
 * transactions may be gone after a loss of power, each as a whole: their lines are read again.
 */
async function keepJournalAhead(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = NORMAL');
    // Kibibytes: what a transaction of ingest changes fits, else it is written in between.
    await knex.raw('PRAGMA cache_size = -131072');
    // Pages, 128 mebibytes: the same pages change again and again, and go into the database once then.
    await knex.raw('PRAGMA wal_autocheckpoint = 32768');
  }
}

/**
 * Brings the tables up to date.
 */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory });
}
