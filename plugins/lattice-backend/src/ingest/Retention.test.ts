import { columnsOf } from '@lattice-portal/access-logs';
import { accessLogLine, serviceArnOf } from '../__testUtils__/accessLogLines';
import { createStore } from '../__testUtils__/createStore';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { addCauses } from '../database/addCauses';
import { DatabaseRetentionStore } from '../database/DatabaseRetentionStore';
import { newestByNumber, readNewestSince } from '../database/newestCalls';
import { migrate } from '../database/openDatabase';
import { Retention } from './Retention';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-22T10:00:00Z');
const iso = (time: number) => new Date(time).toISOString();

const databases = createTestDatabases();

describe.each(databaseIds)('Retention on %s', databaseId => {
  it('forgets each kind in its time, but nothing that a request was proven on', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = createStore(knex);
    const lease = (await store.takeLease())!;
    const sourceOf = (id: string) =>
      store.ensureSource({
        id,
        accountId: '1',
        region: 'r',
        status: 'waiting',
      });
    const source = await sourceOf('network');
    const call = (id: string, service: string, age: number) =>
      accessLogLine(id, {
        requestId: id,
        service,
        startTime: iso(now - age),
        denied: 'Service',
      });
    const calls = [
      call('old', 'orders', 40 * day),
      call('started from', 'orders', 39 * day),
      call('proof', 'inventory', 20 * day),
      call('before the proof', 'inventory', 25 * day),
      call('not so old', 'orders', 5 * day),
      call('new', 'orders', hour),
    ];
    const broken = { id: 'x', text: 'no JSON', timestamp: now - 5 * day };
    const options = { lease, watches: [], readUntil: now };
    await store.store({
      ...options,
      source,
      columns: [columnsOf([...calls, broken])],
    });
    await store.store({
      ...options,
      source: await sourceOf('services'),
      columns: [columnsOf(calls)],
    });
    const run = (requests: object[]) =>
      Retention.create({
        store: DatabaseRetentionStore.create({ knex }),
        ingest: store,
        accessRequests: {
          list: async ({ statuses } = {}) => {
            expect(statuses).toContain('pending');
            return requests.map(request => ({ request, version: 1 })) as never;
          },
        },
        config: {
          startHoursAgo: 26,
          lateDays: 2,
          retention: {
            deniedRequestDays: 10,
            outcomeDays: 30,
            edgeDays: 6,
            causeDays: 3,
            unparsedLineDays: 2,
            recordDays: 30,
          },
        },
        now: () => now,
      }).run();
    const request = await knex('denied_requests').where({
      start_time: now - 39 * day,
    });
    await run([
      {
        serviceArn: serviceArnOf('inventory'),
        effect: { from: iso(now - 21 * day) },
        deniedRequestId: request[0].id,
      },
    ]);
    const ages = async (table: string, column: string) =>
      (await knex(table).select(column))
        .map(row => Math.ceil((now - Number(row[column])) / day))
        .sort((a, b) => a - b);
    expect(await ages('denied_requests', 'start_time')).toEqual([1, 5, 20, 39]);
    expect(await knex('denied_request_logs')).toHaveLength(4);
    expect(await ages('outcomes_5m', 'bucket')).toEqual([1, 5, 20, 25]);
    expect(await ages('edges_1h', 'bucket')).toEqual([1, 5]);
    expect(await ages('edges_1d', 'bucket')).toEqual([1, 6]);
    // The same caller still calls the same service; the link to what is gone is not kept.
    const [newest, ...others] = [
      ...newestByNumber(await readNewestSince(knex)).values(),
    ];
    expect(Math.ceil((now - newest.lastSeen) / day)).toBe(1);
    expect(others).toEqual([]);
    expect(await knex('edges')).toHaveLength(1);
    expect(await ages('denied_causes_1h', 'bucket')).toEqual([1, 20, 39]);
    expect(await knex('log_unparsed_lines')).toEqual([]);
    expect(await ages('denied_causes', 'last_seen')).toEqual([1, 20]);
    // What may still come again is known, of each source.
    expect(await ages('log_seen_segments', 'hour')).toEqual([1, 1]);

    // Decided: nothing holds it any more.
    await run([]);
    expect(await ages('denied_requests', 'start_time')).toEqual([1, 5]);
    expect(await ages('denied_causes_1h', 'bucket')).toEqual([1]);
    expect(await ages('denied_causes', 'last_seen')).toEqual([1]);
  });

  it('forgets the texts that no cause has any more', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const rowOf = (path: string, age: number) => ({
      bucket: now - age,
      cause_id: path,
      service_arn: 'service',
      caller_id: 'caller',
      caller_kind: 'signed',
      caller_account_id: '1',
      source_vpc_id: 'vpc',
      outcome: 'denied-by-service',
      method: 'GET',
      path_shape: path,
      count: 1,
      first_seen: now - age,
      last_seen: now - age,
      example_id: path,
    });
    await addCauses(knex, [rowOf('/old', 5 * day), rowOf('/new', day)]);
    await DatabaseRetentionStore.create({ knex }).prune({
      before: {
        deniedRequests: 0,
        outcomes: 0,
        edges: 0,
        causes: now - 2 * day,
        unparsedLines: 0,
        seenLines: 0,
      },
      proofs: [],
    });
    const texts = await knex('denied_texts').orderBy('part').select('text');
    expect(texts.map(({ text }) => text)).toEqual([
      'GET /new',
      'caller 1 vpc',
      'service',
    ]);
  });

  it('knows the newest that is kept of a cause', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const rowOf = (id: string, age: number) => ({
      bucket: now - age,
      cause_id: 'cause',
      service_arn: 'service',
      caller_id: 'caller',
      caller_kind: 'signed',
      caller_account_id: '',
      source_vpc_id: '',
      outcome: 'denied-by-service',
      method: 'GET',
      path_shape: '/',
      count: 1,
      first_seen: now - age,
      last_seen: now - age,
      example_id: id,
    });
    await addCauses(knex, [
      rowOf('proof', 9 * day),
      rowOf('older', 10 * day),
      rowOf('newer', 5 * day),
    ]);
    await DatabaseRetentionStore.create({ knex }).prune({
      before: {
        deniedRequests: 0,
        outcomes: 0,
        edges: 0,
        causes: now - 2 * day,
        unparsedLines: 0,
        seenLines: 0,
      },
      proofs: [{ serviceArn: 'other', from: now, deniedRequestId: 'proof' }],
    });
    const causes = await knex('denied_causes');
    expect(causes.map(row => [Number(row.last_seen), row.example_id])).toEqual([
      [now - 9 * day, 'proof'],
    ]);
  });
});

describe('Retention', () => {
  it('knows lines for as long as a source lags behind', async () => {
    const prune = jest.fn();
    const run = async (readUntil: (number | undefined)[], lateDays = 1) => {
      await Retention.create({
        store: { prune } as never,
        ingest: {
          sources: async () =>
            readUntil.map(time => ({
              readUntil: time === undefined ? undefined : iso(time),
            })) as never,
        },
        accessRequests: { list: async () => [] },
        config: {
          startHoursAgo: 24,
          lateDays,
          retention: {
            deniedRequestDays: 30,
            outcomeDays: 30,
            edgeDays: 30,
            causeDays: 30,
            unparsedLineDays: 30,
            recordDays: 30,
          },
        },
        now: () => now,
      }).run();
      return (now - prune.mock.lastCall[0].before.seenLines) / day;
    };
    expect(await run([now, undefined])).toBe(3);
    expect(await run([now, now - 10 * day])).toBe(12);
    // What may come late may tell of a call that is counted.
    expect(await run([now, undefined], 14)).toBe(16);
    expect(await run([now, now - 20 * day], 14)).toBe(22);
    // Whatever stands still for ever must not keep them for ever.
    expect(await run([now - 900 * day])).toBe(32);
  });
});
