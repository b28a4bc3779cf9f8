import { columnsOf } from '@lattice-portal/access-logs';
import {
  type OutcomesOverTime,
  sumOutcomeCounts,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import {
  accessLogLine,
  networkArn,
  serviceArnOf,
  type TestCall,
} from '../__testUtils__/accessLogLines';
import { createStore } from '../__testUtils__/createStore';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseTrafficStore } from '../database/DatabaseTrafficStore';
import { migrate } from '../database/openDatabase';
import { EstateIndex } from '../estate/EstateIndex';
import { type CallFilter, type OutcomesFilter, TrafficMap } from './TrafficMap';

const start = Date.parse('2026-11-22T10:00:00Z');
const range = { from: start, to: start + 3_600_000 };
const otherNetwork = networkArn.replace('sn-company', 'sn-other');
const otherAccount = '999999999999';
const orders = serviceArnOf('orders');
const inventory = serviceArnOf('inventory');
const payments = serviceArnOf('payments').replace('223344556677', otherAccount);

/** Calls: to a service, over a network. */
const calls: [id: string, network: string, call: Partial<TestCall>][] = [
  ['1', networkArn, {}],
  ['2', networkArn, { denied: 'Service' }],
  ['3', otherNetwork, {}],
  ['4', '-', {}],
  ['5', networkArn, { service: 'inventory' }],
  ['6', '-', { service: 'inventory' }],
  ['7', networkArn, { service: 'payments', caller: 'Anonymous' }],
  ['8', '-', { service: 'payments', sourceVpcId: 'vpc-9', denied: 'Service' }],
];
const databases = createTestDatabases();

describe('TrafficMap', () => {
  let map: TrafficMap;
  beforeAll(async () => {
    const knex = await databases.init(databaseIds[0]);
    await migrate(knex);
    const ingest = createStore(knex);
    const lines = calls.map(([id, network, call]) => {
      const line = accessLogLine(id, { requestId: id, ...call });
      return {
        ...line,
        text: line.text
          .replaceAll(serviceArnOf('payments'), payments)
          .replaceAll(networkArn, network),
      };
    });
    await ingest.store({
      lease: (await ingest.takeLease())!,
      source: await ingest.ensureSource({
        id: 'arn:aws:logs:x',
        accountId: '1',
        region: 'r',
        status: 'waiting',
      }),
      watches: [],
      columns: [columnsOf(lines)],
    });
    const index = EstateIndex.create({ accounts: [], snapshots: [] });
    map = TrafficMap.create({
      estate: { current: async () => index } as never,
      traffic: DatabaseTrafficStore.create({ knex }),
      ingest,
      retention: { edgeDays: 30, outcomeDays: 90 },
      now: () => range.to,
    });
  });

  type Sees = (service: { arn: string }) => boolean;
  const all: Sees = () => true;
  const onlyOrders: Sees = ({ arn }) => arn === orders;
  const unknown = (count: number) => [
    expect.objectContaining({ kind: 'network-unknown', calls: count }),
  ];
  const gapsOf = ({ gaps }: { gaps: { kind: string }[] }) =>
    gaps.filter(({ kind }) => kind === 'network-unknown');
  const countOf = ({ buckets }: OutcomesOverTime) =>
    totalCalls(sumOutcomeCounts(buckets.map(({ counts }) => counts)));

  it.each<[OutcomesFilter, Sees, number, number]>([
    [{}, all, 8, 0],
    [{}, onlyOrders, 4, 0],
    [{}, () => false, 0, 0],
    [{ serviceAccountId: otherAccount }, all, 2, 0],
    [{ serviceAccountId: otherAccount }, onlyOrders, 0, 0],
    [{ serviceArn: inventory }, all, 2, 0],
    [{ accountId: otherAccount }, all, 2, 0],
    [{ callerAccountId: '556677889900' }, onlyOrders, 4, 0],
    [{ sourceVpcId: 'vpc-9' }, all, 1, 0],
    [{ sourceVpcId: 'vpc-9' }, onlyOrders, 0, 0],
    [{ serviceNetworkArn: networkArn }, all, 4, 3],
    [{ serviceNetworkArn: networkArn }, onlyOrders, 2, 1],
    [{ serviceNetworkArn: otherNetwork, serviceArn: orders }, all, 1, 1],
    [{ serviceNetworkArn: otherNetwork, serviceArn: payments }, all, 0, 1],
    [{ serviceNetworkArn: networkArn, callerId: 'anonymous' }, all, 1, 0],
    [{ serviceNetworkArn: networkArn, sourceVpcId: 'vpc-9' }, all, 0, 1],
    [
      { serviceNetworkArn: networkArn, serviceAccountId: otherAccount },
      all,
      1,
      1,
    ],
  ])('outcomes of %j', async (filter, allows, count, notKnown) => {
    const found = await map.outcomes({ filter, range, step: 300, allows });
    expect(countOf(found)).toBe(count);
    expect(found.lines).toEqual({ count, isAtLeast: false });
    expect(gapsOf(found)).toEqual(notKnown ? unknown(notKnown) : []);
  });

  it.each([
    [undefined, all, 8, 0],
    [undefined, onlyOrders, 4, 0],
    [networkArn, all, 4, 3],
    [networkArn, onlyOrders, 2, 1],
    ['arn:of-none', all, 0, 3],
  ] as const)(
    'the map of network %s',
    async (serviceNetworkArn, allows, count, notKnown) => {
      const filter = { serviceNetworkArn };
      const found = await map.map({
        range,
        filter,
        allows,
        allowsDenied: () => true,
      });
      const counts = found.edges.map(edge => edge.counts);
      expect(totalCalls(sumOutcomeCounts(counts))).toBe(count);
      expect(found.lines).toEqual({ count, isAtLeast: false });
      expect(gapsOf(found)).toEqual(notKnown ? unknown(notKnown) : []);
    },
  );

  const callersOf = (filter: CallFilter, allows = all) =>
    map.callersOf({ range, filter, allows, allowsDenied: () => true });

  it.each<[CallFilter, Sees, number, number]>([
    [{}, all, 8, 0],
    [{}, onlyOrders, 4, 0],
    [{}, () => false, 0, 0],
    [{ accountId: otherAccount }, all, 2, 0],
    [{ accountId: otherAccount }, onlyOrders, 0, 0],
    [{ sourceVpcId: 'vpc-9' }, all, 1, 0],
    [{ serviceNetworkArn: networkArn }, all, 4, 3],
    [{ serviceNetworkArn: networkArn }, onlyOrders, 2, 1],
  ])('callers of %j', async (filter, allows, count, notKnown) => {
    const found = await callersOf(filter, allows);
    const counts = found.callers.map(caller => caller.counts);
    expect(totalCalls(sumOutcomeCounts(counts))).toBe(count);
    expect(found.lines).toEqual({ count, isAtLeast: false });
    expect(gapsOf(found)).toEqual(notKnown ? unknown(notKnown) : []);
  });

  it('knows whether calls were denied over a network that is not known', async () => {
    const has = (filter: CallFilter) =>
      map.hasDeniedOfUnknownNetwork({ range, filter });
    await expect(has({})).resolves.toBe(true);
    await expect(has({ serviceArn: inventory })).resolves.toBe(false);
  });

  const days = (count: number) => count * 24 * 3_600_000;
  it.each([
    [30, 0, 0, 0],
    [31, 1, 0, 1],
    [92, 1, 1, 1],
  ])(
    'says of a window of %i days what is past its retention',
    async (length, ofMap, ofOutcomes, ofSome) => {
      const asked = { from: range.to - days(length), to: range.to };
      const thinned = ({ gaps }: { gaps: { kind: string }[] }) =>
        gaps.filter(({ kind }) => kind === 'thinned').length;
      const outcomes = { range: asked, step: 3600, allows: all };
      expect([
        thinned(
          await map.map({
            range: asked,
            allows: all,
            allowsDenied: () => true,
          }),
        ),
        thinned(await map.outcomes({ ...outcomes, filter: {} })),
        thinned(
          await map.outcomes({ ...outcomes, filter: { sourceVpcId: 'vpc-9' } }),
        ),
      ]).toEqual([ofMap, ofOutcomes, ofSome]);
    },
  );

  it('refuses more steps than anybody could look at', async () => {
    const ask = (length: number) =>
      map.outcomes({
        filter: {},
        range: { from: range.to - days(length), to: range.to },
        step: 300,
        allows: all,
      });
    await expect(ask(31)).resolves.toMatchObject({ step: 300 });
    await expect(ask(36)).rejects.toThrow(/a step of 312 seconds or more/);
  });

  it('callers over a network', async () => {
    const ask = (serviceNetworkArn?: string) =>
      callersOf({ serviceArn: orders, serviceNetworkArn });
    const [whole, ofOne] = [await ask(), await ask(networkArn)];
    expect([whole, ofOne].map(({ callers }) => callers)).toMatchObject([
      [{ calls: 4, denied: 1, deniedShare: 0.25 }],
      [{ calls: 2, denied: 1, deniedShare: 0.5 }],
    ]);
    expect(gapsOf(whole)).toEqual([]);
    expect(gapsOf(ofOne)).toEqual(unknown(1));
  });
});
