import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { migrate } from './openDatabase';

const directory = resolvePackagePath(
  '@lattice-portal/plugin-lattice-backend',
  'migrations',
);

const databases = createTestDatabases();

const tables = [
  'access_request_evidence',
  'access_request_parties',
  'access_requests',
  'denied_causes_1h',
  'denied_request_logs',
  'denied_requests',
  'edges_1h',
  'estate_snapshots',
  'log_leases',
  'log_objects',
  'log_outbox',
  'log_seen_lines',
  'log_sources',
  'log_unparsed_lines',
  'outcomes_5m',
  'policy_history',
  'policy_versions',
];

async function existingTables(knex: Knex): Promise<string[]> {
  const existing: string[] = [];
  for (const table of tables) {
    if (await knex.schema.hasTable(table)) {
      existing.push(table);
    }
  }
  return existing;
}

describe.each(databaseIds)('migrations on %s', databaseId => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    expect(await existingTables(knex)).toEqual(tables);
    await knex('denied_requests').insert({
      id: 'a',
      start_time: 1_700_000_000_000,
      cause_id: 'c',
      service_arn: 's',
      caller_id: 'anonymous',
      caller_kind: 'anonymous',
      caller_account_id: '',
      source_vpc_id: '',
      outcome: 'denied-by-service',
      method: 'GET',
      path_shape: '/',
      record: '{}',
    });
    const { start_time: time } = await knex('denied_requests').first();
    expect(Number(time)).toBe(1_700_000_000_000);

    await knex.migrate.rollback({ directory });
    expect(await existingTables(knex)).toEqual([]);
    await migrate(knex);
    expect(await existingTables(knex)).toEqual(tables);
  });

  it('keep what is known of the lines read', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory });
    const call = { call_key: 'a', source_number: 1, timestamp: 5 };
    await knex('log_seen_calls').insert(call);
    await migrate(knex);
    const lines = await knex('log_seen_lines');
    expect(lines.map(row => ({ ...row, timestamp: +row.timestamp }))).toEqual([
      { ...call, line_id: '' },
    ]);
    await knex('log_seen_lines').insert({ ...call, line_id: 'b' });
    await knex.migrate.down({ directory });
    await knex.migrate.down({ directory });
    expect(await knex('log_seen_calls')).toHaveLength(1);
  });
});
