import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const directory = resolvePackagePath(
  '@lattice-portal/plugin-lattice-backend',
  'migrations',
);

/**
 * Opens the plugin's database and brings its tables up to date.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

/**
 * Brings the tables up to date.
 */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory });
}
