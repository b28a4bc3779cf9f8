import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import type { FoldedEdge } from '../ingest/rollUp';
import { addRollUps } from './addRollUps';
import { EdgeNumbers } from './EdgeNumbers';
import { DatabaseDeniedRequestStore } from './DatabaseDeniedRequestStore';
import type { Lease } from './Lease';
import { DatabaseTrafficStore } from './DatabaseTrafficStore';
import { readNewestSince, writeNewest } from './newestCalls';
import { migrate } from './openDatabase';
import { linesOfCalls } from '../__testUtils__/linesOfCalls';
import { Novelty } from '../ingest/SeenTable';
import { SeenLines } from './SeenLines';

const directory = resolvePackagePath(
  '@lattice-portal/plugin-lattice-backend',
  'migrations',
);

const databases = createTestDatabases();
const twelveOnes = new Array<number>(12).fill(1);

/** A denied request, but for its id. */
const request = {
  start_time: 1,
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
};

const tables = [
  'access_request_evidence',
  'access_request_parties',
  'access_requests',
  'denied_causes',
  'denied_causes_1h',
  'denied_request_logs',
  'denied_requests',
  'denied_texts',
  'edge_versions',
  'edges',
  'edges_1d',
  'edges_1h',
  'estate_snapshots',
  'log_leases',
  'log_objects',
  'log_outbox',
  'log_record_sinks',
  'log_seen_segments',
  'log_sources',
  'log_unparsed_lines',
  'newest_calls',
  'outcomes_5m',
  'policy_history',
  'policy_versions',
  'statement_uses',
  'traffic_replays',
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
      ...request,
      id: 'a',
      start_time: 1_700_000_000_000,
    });
    const { start_time: time } = await knex('denied_requests').first();
    expect(Number(time)).toBe(1_700_000_000_000);

    await knex.migrate.rollback({ directory });
    expect(await existingTables(knex)).toEqual([]);
    await migrate(knex);
    expect(await existingTables(knex)).toEqual(tables);
  });

  it('keep which logs told of denied requests', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    await knex('denied_requests').insert([
      { ...request, id: 'now', source_number: 3, log: 'sn-1' },
      { ...request, id: 'before', source_number: null, log: '' },
    ]);
    const told = { request_id: 'before', source_number: 4, log: '' };
    await knex('denied_request_logs').insert(told);
    while (await knex.schema.hasColumn('denied_requests', 'source_number')) {
      await knex.migrate.down({ directory });
    }
    expect(await knex('denied_request_logs').orderBy('source_number')).toEqual([
      { request_id: 'now', source_number: 3, log: 'sn-1' },
      told,
    ]);
    await migrate(knex);
    expect(await knex('denied_request_logs')).toHaveLength(2);
  });

  it('keep what is known of the lines read', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory });
    const call_key = 'c1'.repeat(32);
    await knex('log_seen_calls').insert({
      call_key,
      source_number: 1,
      timestamp: 5,
    });
    await migrate(knex);
    const noveltyOf = async (options: {
      sourceNumber: number;
      lineId: string;
      timestamp: number;
    }) => {
      const { sourceNumber, lineId, timestamp } = options;
      const transaction = await knex.transaction();
      const [[novelty]] = await new SeenLines().add({
        transaction,
        lease: {} as Lease,
        sourceNumber,
        columns: [linesOfCalls([{ key: call_key, lineId, timestamp }])],
      });
      await transaction.rollback();
      return novelty;
    };
    const first = {
      sourceNumber: 1,
      lineId: '000000000000',
      timestamp: 5,
    };
    expect(await noveltyOf(first)).toBe(Novelty.Known);
    expect(await noveltyOf({ ...first, lineId: '000000000001' })).toBe(
      Novelty.Duplicate,
    );
    expect(await noveltyOf({ ...first, sourceNumber: 2 })).toBe(Novelty.Twin);

    while (!(await knex.schema.hasTable('log_seen_lines'))) {
      await knex.migrate.down({ directory });
    }
    await knex('log_seen_lines').insert({
      call_key,
      source_number: 2,
      line_id: 'ab'.repeat(32),
      timestamp: 7,
    });
    await migrate(knex);
    const second = { sourceNumber: 2, lineId: 'abababababab', timestamp: 7 };
    expect(await noveltyOf(second)).toBe(Novelty.Known);
    expect(await noveltyOf(first)).toBe(Novelty.Twin);
  });

  it('keep what is known of causes', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    while (await knex.schema.hasTable('denied_causes')) {
      await knex.migrate.down({ directory });
    }
    const rowOf = (cause: string, hour: number) => ({
      bucket: hour * 3_600_000,
      cause_id: cause,
      service_arn: 'service',
      caller_id: 'caller',
      caller_kind: 'signed',
      caller_account_id: '1',
      source_vpc_id: '',
      outcome: 'denied-by-service',
      method: 'GET',
      path_shape: '/',
      count: 1,
      first_seen: hour * 3_600_000,
      last_seen: hour * 3_600_000 + 1,
      example_id: `${cause}${hour}`,
    });
    await knex('denied_causes_1h').insert([
      rowOf('a', 1),
      rowOf('a', 3),
      rowOf('b', 2),
    ]);
    await migrate(knex);
    const causes = await knex('denied_causes').orderBy('cause_id');
    expect(causes.map(row => [row.example_id, Number(row.last_seen)])).toEqual([
      ['a3', 10_800_001],
      ['b2', 7_200_001],
    ]);
    const denied = DatabaseDeniedRequestStore.create({ knex });
    // A window that ends now, and one that ended.
    for (const to of [4 * 3_600_000, 3 * 3_600_000]) {
      const idsOf = async (word: string) => {
        const filter = { words: [{ text: word, serviceArns: [] }] };
        const range = { from: 0, to };
        return (await denied.causes({ range, filter })).map(({ id }) => id);
      };
      for (const word of ['caller', '1', 'service', 'get', '/']) {
        expect((await idsOf(word)).sort()).toEqual(['a', 'b']);
      }
      expect(await idsOf('other')).toEqual([]);
    }
  });

  it('keep what is known of edges', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const durations = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`duration_${index}`, index]),
    );
    const rowOf = (hour: number, service: string) => ({
      bucket: hour * 3_600_000,
      service_arn: service,
      caller_id: 'c',
      source_vpc_id: '',
      outcome: 'allowed',
      caller_kind: 'signed',
      count: hour,
      first_seen: hour * 3_600_000 + 1,
      last_seen: hour * 3_600_000 + 2,
      ...durations,
    });
    while (await knex.schema.hasTable('edges')) {
      await knex.migrate.down({ directory });
    }
    const rows = [rowOf(1, 'a'), rowOf(2, 'a'), rowOf(25, 'a'), rowOf(2, 'b')];
    await knex('edges_1h').insert(rows);
    await migrate(knex);
    const days = await DatabaseTrafficStore.create({ knex }).traffic({
      from: 0,
      to: 48 * 3_600_000,
    });
    expect(
      days
        .flatMap(({ serviceArn, calls }) =>
          calls.map(({ count, firstSeen, lastSeen }) => [
            serviceArn,
            count,
            firstSeen,
            lastSeen,
          ]),
        )
        .sort(),
    ).toEqual([
      ['a', 28, 3_600_001, 90_000_002],
      ['b', 2, 7_200_001, 7_200_002],
    ]);
    while (await knex.schema.hasTable('edges')) {
      await knex.migrate.down({ directory });
    }
    const again = await knex('edges_1h').orderBy(['service_arn', 'bucket']);
    expect(
      again.map(({ bucket, count, service_arn, duration_11 }) => [
        service_arn,
        Number(bucket),
        Number(count),
        Number(duration_11),
      ]),
    ).toEqual(rows.map(row => [row.service_arn, row.bucket, row.count, 11]));
  });

  it('keep outcomes and edges while they learn of service networks', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const isThere = () => knex.schema.hasColumn('edges', 'service_network_arn');
    const goBack = async () => {
      while (await isThere()) {
        await knex.migrate.down({ directory });
      }
    };
    await goBack();
    const hour = 3_600_000;
    const minutes = 300_000;
    const rowOf = (bucket: number, outcome: string, count: number) => ({
      service_arn: 'a',
      bucket,
      outcome,
      count,
    });
    const before = [
      rowOf(hour, 'allowed', 1),
      rowOf(hour, 'failed', 2),
      rowOf(hour + minutes, 'allowed', 3),
      rowOf(2 * hour - minutes, 'allowed', 4),
      rowOf(2 * hour, 'allowed', 5),
    ];
    await knex('outcomes_5m').insert(before);
    await migrate(knex);
    const traffic = DatabaseTrafficStore.create({ knex });
    const range = { from: hour + minutes, to: 3 * hour };
    const expected = before.slice(2).map(({ bucket, outcome, count }) => ({
      bucket,
      outcome,
      count,
    }));
    await expect(
      traffic.outcomes({ ...range, serviceArns: ['a'] }),
    ).resolves.toEqual(expected);

    const edgeOf = (network: string, second: number): FoldedEdge => ({
      service_arn: 'a',
      caller_id: 'c',
      source_vpc_id: '',
      service_network_arn: network,
      outcome: 'allowed',
      caller_kind: 'signed',
      caller_account_id: '1',
      last_seen: hour + second,
      last_denied_id: '',
      hours: [[hour, [1, second, second, ...twelveOnes]]],
    });
    await knex.transaction(transaction =>
      addRollUps(
        transaction,
        {
          outcomes: ['m', 'n'].map(network => ({
            bucket: 4 * hour,
            service_arn: 'a',
            outcome: 'allowed',
            service_network_arn: network,
            counts: twelveOnes,
          })),
          edges: [edgeOf('m', 1), edgeOf('n', 2)],
          causes: [],
          denied: [],
        },
        new EdgeNumbers(),
      ),
    );
    await goBack();
    const [edge, ...others] = await knex('edges');
    expect([Number(edge.last_seen), others]).toEqual([hour + 2, []]);
    for (const table of ['edges_1h', 'edges_1d']) {
      const [sums, ...more] = await knex(table);
      expect(
        [sums.count, sums.first_seen, sums.last_seen, sums.duration_5].map(
          Number,
        ),
      ).toEqual([2, hour + 1, hour + 2, 2]);
      expect(more).toEqual([]);
    }
    const after = await knex('outcomes_5m').orderBy(['bucket', 'outcome']);
    expect(
      after.map(row => ({
        ...row,
        bucket: Number(row.bucket),
        count: Number(row.count),
      })),
    ).toEqual([
      ...before,
      ...twelveOnes.map((_, index) =>
        rowOf(4 * hour + index * minutes, 'allowed', 2),
      ),
    ]);
  });

  it('keep what is newest of edges', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    while (!(await knex.schema.hasColumn('edges', 'last_seen'))) {
      await knex.migrate.down({ directory });
    }
    const caller = 'arn:aws:iam::111122223333:role/r';
    const rowOf = (service: string, denied: string, values: object = {}) => ({
      service_arn: service,
      caller_id: caller,
      source_vpc_id: '',
      service_network_arn: 'n',
      outcome: denied ? 'denied-by-service' : 'allowed',
      caller_kind: 'signed',
      caller_account_id: '111122223333',
      last_seen: 1_700_000_000_000,
      last_denied_id: denied,
      version: 3,
      ...values,
    });
    const rows = [
      rowOf('a', '', { caller_account_id: '' }),
      rowOf('a', 'd1', { last_seen: 5, version: 7 }),
      rowOf('b', ''),
      rowOf('b', 'd2', {
        caller_id: 'anonymous',
        caller_kind: 'anonymous',
        caller_account_id: '',
      }),
    ];
    await knex('edges').insert(rows);
    await migrate(knex);
    const traffic = DatabaseTrafficStore.create({ knex });
    const calls = await traffic.newestCalls({});
    expect(calls).toHaveLength(rows.length);
    expect(calls).toEqual(
      expect.arrayContaining(
        rows.map(row => ({
          serviceArn: row.service_arn,
          callerId: row.caller_id,
          callerAccountId:
            row.caller_id === caller ? '111122223333' : undefined,
          sourceVpcId: undefined,
          outcome: row.outcome,
          lastSeen: row.last_seen,
          deniedRequestId: row.last_denied_id || undefined,
        })),
      ),
    );
    const since = await readNewestSince(knex, 3);
    expect([...since.keys()]).toEqual(['a']);

    while (!(await knex.schema.hasColumn('edges', 'last_seen'))) {
      await knex.migrate.down({ directory });
    }
    const again = await knex('edges').orderBy('number');
    expect(
      again.map(({ number: _, version, last_seen, ...row }) => ({
        ...row,
        version: Number(version),
        last_seen: Number(last_seen),
      })),
    ).toEqual(
      rows.map(row => ({
        ...row,
        caller_account_id: row.caller_id === caller ? '111122223333' : '',
        // That of the service.
        version: row.service_arn === 'a' ? 7 : 3,
      })),
    );
  });
});

test.each(databaseIds.filter(id => id.startsWith('POSTGRES')))(
  'migrations tell %s how to keep what is written often',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const { rows } = await knex.raw(
      `SELECT attname, attcompression, attstorage FROM pg_attribute
      WHERE attrelid IN ('edges_1h'::regclass, 'log_seen_segments'::regclass)
      AND attname IN ('edges', 'lines') ORDER BY attname`,
    );
    expect(rows).toEqual([
      { attname: 'edges', attcompression: 'l', attstorage: 'x' },
      { attname: 'lines', attcompression: '', attstorage: 'e' },
    ]);
    const { rows: settings } = await knex.raw(
      `SELECT reloptions FROM pg_class WHERE oid = 'denied_requests'::regclass`,
    );
    expect(settings[0].reloptions).toContain(
      'autovacuum_vacuum_insert_scale_factor=0',
    );
  },
);

test.each(databaseIds.filter(id => id.startsWith('POSTGRES')))(
  'tables on %s do not grow by what is written over',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    for (let version = 1; version <= 30; version++) {
      await knex.transaction(transaction =>
        writeNewest(
          transaction,
          new Map(
            Array.from({ length: 100 }, (_, service) => [
              `service ${service}`,
              new Map(
                Array.from({ length: 40 }, (__, edge) => [
                  edge,
                  { lastSeen: Math.floor(Math.random() * 1e12) },
                ]),
              ),
            ]),
          ),
          version,
        ),
      );
    }
    const { rows } = await knex.raw(
      `SELECT pg_relation_size('newest_calls') AS bytes,
      (SELECT sum(length(calls)) FROM newest_calls) AS kept`,
    );
    expect(Number(rows[0].bytes)).toBeLessThan(5 * Number(rows[0].kept));
  },
);
