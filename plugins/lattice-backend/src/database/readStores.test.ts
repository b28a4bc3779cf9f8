import { columnsOf } from '@lattice-portal/access-logs';
import {
  accessLogLine,
  networkArn,
  serviceArnOf,
} from '../__testUtils__/accessLogLines';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { createStore } from '../__testUtils__/createStore';
import { DatabaseAccessRequestStore } from './DatabaseAccessRequestStore';
import { DatabaseDeniedRequestStore } from './DatabaseDeniedRequestStore';
import { DatabaseEstateStore } from './DatabaseEstateStore';
import { DatabasePolicyVersionStore } from './DatabasePolicyVersionStore';
import { DatabaseTrafficStore } from './DatabaseTrafficStore';
import { migrate } from './openDatabase';
import type { EdgeTraffic } from './TrafficStore';

const databases = createTestDatabases();
const start = Date.parse('2026-11-22T10:00:00Z');
const hour = 3_600_000;
const range = { from: start, to: start + hour };
const worker = 'arn:aws:iam::556677889900:role/worker';

describe.each(databaseIds)('what is stored can be read on %s', databaseId => {
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    return knex;
  }

  it('traffic and denied requests', async () => {
    const knex = await setUp();
    const ingest = createStore(knex);
    const lease = (await ingest.takeLease())!;
    const source = await ingest.ensureSource({
      id: 'arn:aws:logs:x',
      accountId: '1',
      region: 'r',
      status: 'waiting',
    });
    const at = (seconds: number) =>
      new Date(start + seconds * 1000).toISOString();
    await ingest.store({
      lease,
      source,
      watches: [],
      columns: [
        columnsOf([
          accessLogLine('0', { requestId: '0', startTime: at(-5000) }),
          accessLogLine('1', { requestId: '1', startTime: at(1) }),
          ...[2, 3, 4].map(id =>
            accessLogLine(String(id), {
              requestId: String(id),
              startTime: at(2),
              denied: 'Service',
              path: `/orders/${id}`,
            }),
          ),
          accessLogLine('5', {
            requestId: '5',
            startTime: at(400),
            denied: 'Network',
            service: 'inventory',
            caller: 'Anonymous',
          }),
        ]),
      ],
    });

    const traffic = DatabaseTrafficStore.create({ knex });
    const edges = await traffic.traffic(range);
    expect(edges).toEqual([
      {
        id: `${worker}|${serviceArnOf('orders')}|vpc-3`,
        callerId: worker,
        callerKind: 'signed',
        serviceArn: serviceArnOf('orders'),
        sourceVpcId: 'vpc-3',
        calls: [
          {
            outcome: 'allowed',
            count: 1,
            firstSeen: start + 1000,
            lastSeen: start + 1000,
          },
          {
            outcome: 'denied-by-service',
            count: 3,
            firstSeen: start + 2000,
            lastSeen: start + 2000,
          },
        ],
        durations: [0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0],
        lastAllowed: at(1),
        newestDenied: expect.objectContaining({
          callerId: worker,
          callerAccountId: '556677889900',
          outcome: 'denied-by-service',
          deniedRequestId: expect.any(String),
        }),
        lastDenied: at(2),
      },
      expect.objectContaining({
        callerId: 'anonymous',
        serviceArn: serviceArnOf('inventory'),
        lastAllowed: undefined,
        lastDenied: at(400),
      }),
    ]);
    const callsOf = (found: readonly EdgeTraffic[]) =>
      found
        .flatMap(({ calls }) => calls)
        .map(({ outcome, count }) => [outcome, count])
        .sort();
    const sum = (rows: { count: number }[]) =>
      rows.reduce((total, row) => total + row.count, 0);
    for (const [filter, count] of [
      [{ serviceArn: serviceArnOf('orders') }, 4],
      [{ callerId: 'anonymous' }, 1],
      [{ callerId: worker, sourceVpcId: 'vpc-3' }, 4],
      [{ sourceVpcId: 'vpc-4' }, 0],
      [{ serviceNetworkArn: networkArn }, 5],
      [{ callerId: worker, serviceNetworkArn: networkArn }, 4],
      [{ serviceArn: serviceArnOf('orders'), serviceNetworkArn: '' }, 0],
    ] as const) {
      const asked = { ...range, ...filter };
      const found = await traffic.traffic(asked);
      expect(sum(found.flatMap(({ calls }) => calls))).toBe(count);
      expect(sum(await traffic.callerOutcomes(asked))).toBe(count);
      // Some edges are read in another way than all.
      expect(found).toEqual(
        edges.filter(edge =>
          Object.entries(filter).every(([key, value]) =>
            key === 'serviceNetworkArn'
              ? value === networkArn
              : edge[key as keyof EdgeTraffic] === value,
          ),
        ),
      );
    }
    // Whole days are kept as such.
    const midnight = Date.parse('2026-11-22T00:00:00Z');
    for (const [from, to] of [
      [midnight, midnight + 24 * hour],
      [midnight - 30 * hour, midnight + 48 * hour],
      [start - 2 * hour, midnight + 24 * hour],
    ]) {
      expect(callsOf(await traffic.traffic({ from, to }))).toEqual([
        ['allowed', 2],
        ['denied-by-network', 1],
        ['denied-by-service', 3],
      ]);
      const asked = { from, to, callerId: worker };
      expect(callsOf(await traffic.traffic(asked))).toEqual([
        ['allowed', 2],
        ['denied-by-service', 3],
      ]);
    }
    const newest = await traffic.newestCalls({
      serviceArn: serviceArnOf('orders'),
    });
    expect(newest.map(call => [call.outcome, call.lastSeen]).sort()).toEqual([
      ['allowed', start + 1000],
      ['denied-by-service', start + 2000],
    ]);
    const [orders, inventory] = ['orders', 'inventory'].map(serviceArnOf);
    expect((await traffic.serviceArns()).sort()).toEqual([inventory, orders]);
    // More than are asked for one by one.
    const others = Array.from({ length: 11_000 }, (_, id) => `service-${id}`);
    for (const [filter, count] of [
      [{ serviceArns: [orders] }, 4],
      [{ serviceArns: [orders, inventory] }, 5],
      [{ serviceArns: [...others, orders, inventory] }, 5],
      [{ serviceArns: [] }, 0],
      [{ serviceArns: [orders], serviceNetworkArn: networkArn }, 4],
      [{ serviceArns: [orders], serviceNetworkArn: '' }, 0],
    ] as const) {
      expect(sum(await traffic.outcomes({ ...range, ...filter }))).toBe(count);
    }
    await expect(
      traffic.callerOutcomes({
        ...range,
        isMeant: ({ serviceArn }) => serviceArn === inventory,
      }),
    ).resolves.toEqual([
      { bucket: start, outcome: 'denied-by-network', count: 1 },
    ]);
    await expect(traffic.callers()).resolves.toHaveLength(2);

    const denied = DatabaseDeniedRequestStore.create({ knex });
    expect((await denied.serviceArns()).sort()).toEqual([inventory, orders]);
    await expect(denied.causes({ range })).resolves.toMatchObject([
      { callerId: 'anonymous', count: 1 },
      { callerId: worker, count: 3, pathShape: '/orders/*' },
    ]);
    const ids: string[] = [];
    let page = await denied.list({ range, limit: 2 });
    while (page.length > 0) {
      ids.push(...page.map(({ id }) => id));
      page = await denied.list({ range, limit: 2, after: page.at(-1) });
    }
    expect(new Set(ids).size).toBe(4);
    const nobody = { serviceArns: [], callerAccountIds: [] };
    const workers = { serviceArns: [], callerAccountIds: ['556677889900'] };
    const toInventory = { serviceArns: [inventory], callerAccountIds: [] };
    for (const [criteria, count] of [
      [nobody, 0],
      [workers, 3],
      [{ anyOf: [workers, toInventory] }, 4],
      [{ allOf: [workers, toInventory] }, 0],
      [{ not: workers }, 1],
      [{ allOf: [{ not: nobody }, { anyOf: [toInventory, nobody] }] }, 1],
    ] as const) {
      await expect(
        denied.list({ range, criteria: criteria as any, limit: 10 }),
      ).resolves.toHaveLength(count);
    }
  });

  it('the estate, its failures, and policies by time', async () => {
    const knex = await setUp();
    const estates = DatabaseEstateStore.create({ knex });
    const place = { accountId: '1', region: 'r' };
    await estates.saveFailure({ ...place, message: 'no role', at: 1 });
    await expect(estates.list()).resolves.toMatchObject([
      { estate: undefined, error: { message: 'no role', at: 1 } },
    ]);
    const estate = { ...place, services: [] } as any;
    await estates.saveRead({ estate, at: 2 });
    await estates.saveFailure({ ...place, message: 'throttled', at: 3 });
    await expect(estates.list()).resolves.toMatchObject([
      { estate, readAt: 2, error: { message: 'throttled', at: 3 } },
    ]);

    const versions = DatabasePolicyVersionStore.create({ knex });
    const version = (from: number, to?: number) => ({
      resourceArn: 'a',
      document: String(from),
      validFrom: new Date(from).toISOString(),
      validTo: to === undefined ? undefined : new Date(to).toISOString(),
      source: 'seen' as const,
    });
    await versions.replace({
      resourceArn: 'a',
      versions: [version(1000, 2000), version(2000)],
    });
    const at = async (time: number) =>
      (await versions.at({ resourceArn: 'a', time }))?.document;
    expect([await at(999), await at(1999), await at(2000)]).toEqual([
      undefined,
      '1000',
      '2000',
    ]);
    await expect(versions.listCurrent()).resolves.toHaveLength(1);
  });

  it('access requests by whom they involve', async () => {
    const knex = await setUp();
    const store = DatabaseAccessRequestStore.create({ knex });
    const request = {
      id: 'r1',
      status: 'pending',
      createdAt: new Date(start).toISOString(),
      changes: [],
    } as any;
    const parties = { askers: ['user:a', 'group:x'], approvers: ['group:y'] };
    const stored = await store.create({ request, parties });
    for (const [criteria, count] of [
      [{ involves: ['group:x'] }, 1],
      [{ approver: ['group:x'] }, 0],
      [{ approver: ['group:y'] }, 1],
      [{ not: { involves: ['group:y'] } }, 0],
      [{ anyOf: [{ approver: ['group:x'] }, { involves: ['user:a'] }] }, 1],
    ] as const) {
      await expect(
        store.list({ criteria: criteria as any }),
      ).resolves.toHaveLength(count);
    }
    await store.update({ stored, request, parties });
    await expect(
      store.update({ stored, request, parties }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });
});
