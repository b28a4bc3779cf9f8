import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { findPostgres, startPostgres } from './postgres';

const connection = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/**
 * The databases tests run on: SQLite, and PostgreSQL where a server is given in
 * `BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING` or its programs are installed.
 */
export const databaseIds: TestDatabaseId[] =
  process.env[connection] || findPostgres()
    ? ['SQLITE_3', 'POSTGRES_15']
    : ['SQLITE_3'];

/**
 * Databases for the tests of a file. Starts a server of PostgreSQL for it where none is given.
 */
export function createTestDatabases(): TestDatabases {
  if (process.env[connection] || !findPostgres()) {
    return TestDatabases.create({ ids: databaseIds });
  }
  const server = startPostgres();
  process.env[connection] = server.connectionString;
  const databases = TestDatabases.create({ ids: databaseIds });
  // Hooks run in this order: by then the databases have been closed.
  afterAll(() => {
    delete process.env[connection];
    server.stop();
  });
  return databases;
}
