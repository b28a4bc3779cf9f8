import { columnsOf } from '@lattice-portal/access-logs';
import type { Knex } from 'knex';
import {
  accessLogLine,
  networkArn,
  serviceArnOf,
  type TestCall,
} from '../__testUtils__/accessLogLines';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import type { AccessWatch } from '../accessRequests/AccessWatch';
import { countEdgeCalls } from '../__testUtils__/countEdgeCalls';
import { countOutcomes } from '../__testUtils__/countOutcomes';
import { createStore } from '../__testUtils__/createStore';
import { DatabaseRetentionStore } from './DatabaseRetentionStore';
import { migrate } from './openDatabase';
import { unpackEdges } from './packedEdges';
import { DURATIONS } from '../ingest/callSums';

// The backlog has a limit of its own.
jest.setTimeout(60_000);

const callerId = 'arn:aws:iam::556677889900:role/worker';

const databases = createTestDatabases();

describe.each(databaseIds)('DatabaseIngestStore on %s', databaseId => {
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = createStore(knex);
    const lease = (await store.takeLease())!;
    const ensure = (id: string) =>
      store.ensureSource({
        id,
        accountId: '001122334455',
        region: 'us-east-1',
        status: 'waiting',
      });
    const network = await ensure('network');
    const service = await ensure('service');
    const deliver = (
      source: { number: number; id: string },
      calls: [string, TestCall][],
      watches: AccessWatch[] = [],
    ) =>
      store.store({
        lease,
        source,
        columns: [
          columnsOf(calls.map(([id, call]) => accessLogLine(id, call))),
        ],
        watches,
        cursor: `after ${calls.length}`,
        readUntil: 1,
      });
    return { knex, store, lease, ensure, network, service, deliver };
  }

  it.each([
    ['the first of its subscriptions was made', ['03', '02'], '02'],
    ['is not known, as of one it isn’t', ['03', undefined], undefined],
    ['is not known, as nobody said', undefined, undefined],
  ])('says of a log that there are lines since %s', async (_, days, first) => {
    const { store } = await setUp();
    const timeOf = (day?: string) => day && `2026-11-${day}T00:00:00.000Z`;
    const place = { accountId: '001122334455', region: 'us-east-1' };
    await store.ensureSource({
      ...place,
      id: 'group',
      status: 'waiting',
      deliveredBy: days?.map((day, index) => ({
        ...place,
        arn: `als-${index}`,
        id: `als-${index}`,
        resourceArn: 'a network',
        destinationArn: 'group',
        createdAt: timeOf(day),
      })),
    });
    const sources = await store.sources();
    expect(sources.find(({ id }) => id === 'group')?.loggedFrom).toBe(
      timeOf(first),
    );
  });

  /** PostgreSQL gives 64-bit integers as text. */
  const rowsOf = async (query: Knex.QueryBuilder): Promise<object[]> =>
    (await query).map((row: object) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          /^\d+$/.test(value) ? Number(value) : value,
        ]),
      ),
    );

  const counted = async (knex: Knex, table: string) => {
    const rows = await knex(table).select('count');
    return rows.reduce((sum, row) => sum + Number(row.count), 0);
  };

  it('counts every call once through restarts, redelivery and twins', async () => {
    const { knex, store, lease, ensure, network, service, deliver } =
      await setUp();
    const denied: TestCall = { requestId: 'b', denied: 'Service', duration: 3 };
    await deliver(network, [
      ['1', { requestId: 'a' }],
      ['2', denied],
      ['2', denied],
    ]);
    // Read again after a restart and delivered a second time, together with something new.
    await deliver(network, [
      ['2', denied],
      ['2 once more', denied],
      ['3', { requestId: 'c', denied: 'Service', path: '/orders/2' }],
    ]);
    // A redelivered line too is known when it is read again.
    await deliver(network, [['2 once more', denied]]);
    // The service's own log has the same calls, and one the network did not see.
    const twins: [string, TestCall][] = [
      ['s1', { requestId: 'a' }],
      ['s2', denied],
      ['s2 once more', denied],
      ['s4', { requestId: 'd' }],
    ];
    await deliver(service, twins);
    await deliver(service, twins);
    await store.store({
      lease,
      source: service,
      columns: [
        columnsOf([
          { id: 'x', text: 'no JSON', timestamp: 5 },
          { id: 'x', text: 'no JSON', timestamp: 5 },
          { id: 'y', text: 'no JSON', timestamp: 5 },
        ]),
      ],
      watches: [],
    });

    await expect(store.sources()).resolves.toMatchObject([
      {
        id: 'network',
        status: 'reading',
        linesRead: 4,
        stored: 3,
        duplicates: 1,
        twins: 0,
        unparsed: 0,
      },
      {
        id: 'service',
        linesRead: 6,
        stored: 1,
        duplicates: 1,
        twins: 2,
        unparsed: 2,
      },
    ]);
    expect(await countOutcomes(knex)).toBe(4);
    expect(await countEdgeCalls(knex, 'edges_1h')).toBe(4);
    expect(await counted(knex, 'denied_causes_1h')).toBe(2);
    await expect(rowsOf(knex('denied_causes_1h'))).resolves.toMatchObject([
      {
        path_shape: '/orders/*',
        count: 2,
        service_arn: serviceArnOf('orders'),
      },
    ]);
    await expect(knex('denied_requests').select()).resolves.toHaveLength(2);
    await expect(knex('log_unparsed_lines').first()).resolves.toMatchObject({
      text: 'no JSON',
      reason: expect.any(String),
    });
    const record = JSON.parse((await knex('denied_requests').first()).record);
    expect(record).toMatchObject({
      requestId: 'b',
      requestPath: '/orders/1',
      serviceNetworkArn: networkArn,
    });
    await expect(ensure('service')).resolves.toMatchObject({
      number: service.number,
      cursor: 'after 4',
    });
  });

  it('tells the twins of two sources that bring them at the same time', async () => {
    const { knex, store, network, service, deliver } = await setUp();
    const calls = Array.from({ length: 200 }, (_, index) => ({
      requestId: String(index),
    }));
    const linesOf = (source: string) =>
      calls.map((call): [string, TestCall] => [
        `${source}${call.requestId}`,
        call,
      ]);
    await Promise.all([
      deliver(network, linesOf('n')),
      deliver(service, linesOf('s')),
    ]);
    const [first, second] = await store.sources();
    expect(first.stored + second.stored).toBe(200);
    expect(first.twins + second.twins).toBe(200);
    expect(await countOutcomes(knex)).toBe(200);
  });

  it('stores nothing of a batch that fails', async () => {
    const { knex, store, lease, network } = await setUp();
    await knex.schema.dropTable('denied_requests');
    await expect(
      store.store({
        lease,
        source: network,
        columns: [
          columnsOf([
            accessLogLine('1', { requestId: 'a', denied: 'Network' }),
          ]),
        ],
        watches: [],
        cursor: 'next',
      }),
    ).rejects.toThrow();
    expect(await countOutcomes(knex)).toBe(0);
    await expect(store.sources()).resolves.toMatchObject([
      { linesRead: 0, status: 'waiting' },
      { linesRead: 0 },
    ]);
  });

  it('keeps evidence of what is watched', async () => {
    const { knex, network, deliver } = await setUp();
    const watch: AccessWatch = {
      requestId: 'r1',
      since: Date.parse('2026-11-22T10:00:00.700Z'),
      callerId: 'arn:aws:iam::556677889900:role/team/worker',
      serviceArn: serviceArnOf('orders'),
      methods: ['GET'],
      paths: ['/orders/*'],
    };
    await deliver(
      network,
      [
        ['1', { requestId: 'a', startTime: '2026-11-22T09:59:59Z' }],
        ['2', { requestId: 'b', denied: 'Service' }],
        ['3', { requestId: 'c', method: 'POST' }],
        ['4', { requestId: 'd', path: '/other' }],
        ['5', { requestId: 'e', service: 'inventory' }],
        ['6', { requestId: 'f', caller: 'Anonymous' }],
        ['7', { requestId: 'g', responseCode: 403 }],
        ['8', { requestId: 'h', startTime: '2026-11-22T10:00:09Z' }],
      ],
      [watch],
    );
    await deliver(
      network,
      [['9', { requestId: 'i', startTime: '2026-11-22T10:00:20Z' }]],
      [watch],
    );
    await expect(
      rowsOf(knex('access_request_evidence').orderBy('kind')),
    ).resolves.toMatchObject([
      { request_id: 'r1', kind: 'denied', count: 1 },
      {
        kind: 'passed',
        count: 3,
        first_seen: Date.parse('2026-11-22T10:00:00Z'),
        last_seen: Date.parse('2026-11-22T10:00:20Z'),
        example: 'GET /orders/1',
      },
    ]);
  });

  it('takes in a backlog of 25,000 lines in seconds and forgets in time', async () => {
    const { knex, store, lease, network } = await setUp();
    const calls = Array.from({ length: 25_000 }, (_, index) =>
      accessLogLine(String(index), {
        requestId: String(index),
        startTime: new Date(
          Date.parse('2026-11-21T00:00:00Z') + index * 3_700,
        ).toISOString(),
        caller: `arn:aws:sts::556677889900:assumed-role/worker-${
          index % 20
        }/session`,
        denied: index % 30 === 0 ? 'Service' : undefined,
      }),
    );
    const started = Date.now();
    for (let index = 0; index < calls.length; index += 1_000) {
      await store.store({
        lease,
        source: network,
        columns: [columnsOf(calls.slice(index, index + 1_000))],
        watches: [],
      });
    }
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(await countEdgeCalls(knex, 'edges_1h')).toBe(25_000);
    expect(await knex('denied_requests').select('id')).toHaveLength(834);

    const day = Date.parse('2026-11-22T00:00:00Z');
    await DatabaseRetentionStore.create({ knex }).prune({
      before: {
        deniedRequests: day,
        outcomes: day,
        edges: day,
        causes: day,
        unparsedLines: day,
        seenLines: Date.parse('2026-11-30T00:00:00Z'),
      },
      proofs: [],
    });
    expect(await knex('log_seen_segments').select()).toEqual([]);
    const rest = await knex('edges_1h').min('bucket as first');
    expect(Number(rest[0].first)).toBe(Date.parse('2026-11-22T00:00:00Z'));
  });

  it('remembers callers by role', async () => {
    const { knex, network, deliver } = await setUp();
    await deliver(network, [['1', { requestId: 'a' }]]);
    await expect(rowsOf(knex('edges'))).resolves.toMatchObject([
      { caller_id: callerId, caller_kind: 'signed' },
    ]);
    const [{ edges }] = await knex('edges_1h');
    const [sums] = unpackEdges(edges).values();
    expect(sums.slice(DURATIONS)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});
