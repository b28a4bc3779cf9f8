import type { TestDatabaseId } from '@backstage/backend-test-utils';

/**
 * The databases tests run on: SQLite, and PostgreSQL where a server is given in
 * `BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING`.
 */
export const databaseIds: TestDatabaseId[] = process.env
  .BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
  ? ['SQLITE_3', 'POSTGRES_15']
  : ['SQLITE_3'];
