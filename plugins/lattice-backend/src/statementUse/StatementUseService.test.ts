import type { AccessLogStore } from '@lattice-portal/access-log-store';
import type { CallFilter } from '@lattice-portal/plugin-lattice-common';
import {
  callOf,
  networkArn,
  otherServiceArn,
  policyEstate,
  refusedBy,
  serviceArn,
} from '../__testUtils__/policyEstate';
import { recordsOf } from '../__testUtils__/recordsOf';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseStatementUseStore } from '../database/DatabaseStatementUseStore';
import { migrate } from '../database/openDatabase';
import { StatementUseService } from './StatementUseService';

const databases = createTestDatabases();
const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 10);
const at = (days: number) => now - days * day;

const statement = (fields: object) => ({
  Principal: '*',
  Action: '*',
  Resource: '*',
  Effect: 'Allow',
  ...fields,
});
const policy = {
  Version: '2012-10-17',
  Statement: [
    statement({ Sid: 'Readers', Resource: `${serviceArn}/orders/*` }),
    statement({ Sid: 'Nobody', Resource: `${serviceArn}/nowhere` }),
    statement({ Effect: 'Deny', Resource: `${serviceArn}/admin` }),
    statement({
      Resource: `${serviceArn}/by-header`,
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' } },
    }),
  ],
};
const open = { Version: '2012-10-17', Statement: [statement({})] };

describe.each(databaseIds)('StatementUseService on %s', databaseId => {
  async function setUp(options: {
    calls?: ReturnType<typeof callOf>[];
    records?: Pick<AccessLogStore, 'callShapes'>;
    estate?: Parameters<typeof policyEstate>[0];
  }) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const asked: { from: number; serviceArns?: readonly string[] }[] = [];
    const records = options.records ?? recordsOf(options.calls ?? []);
    const clock = { now };
    let estate = policyEstate(
      options.estate ?? { service: policy, network: open },
    );
    const service = StatementUseService.create({
      store: DatabaseStatementUseStore.create({ knex }),
      records: {
        callShapes: question => {
          asked.push(question);
          return records.callShapes(question);
        },
      },
      estate: { current: async () => estate.index },
      now: () => clock.now,
    });
    const uses = (range = {}, arn = serviceArn, filter: CallFilter = {}) =>
      arn === networkArn
        ? service.of({
            layer: 'network',
            resource: estate.index.serviceNetworks.get(arn)!,
            range,
            filter,
          })
        : service.of({
            layer: 'service',
            resource: estate.index.services.get(arn)!,
            range,
            filter,
          });
    return {
      service,
      uses,
      asked,
      clock,
      change: (given: Parameters<typeof policyEstate>[0]) => {
        estate = policyEstate(given);
      },
    };
  }

  it('tells of each statement which calls it decided', async () => {
    const { service, uses } = await setUp({
      calls: [
        callOf({ timestamp: at(2), requestPath: '/orders/1' }),
        callOf({ timestamp: at(1), requestPath: '/orders/2' }),
        callOf({ timestamp: at(29), requestPath: '/orders/3' }),
        callOf({ timestamp: at(40), requestPath: '/nowhere' }),
        callOf({
          timestamp: at(3),
          requestPath: '/admin',
          ...refusedBy('Service'),
        }),
        callOf({ timestamp: at(4), requestPath: '/by-header' }),
      ],
    });
    await expect(uses()).resolves.toEqual({
      reason: expect.stringContaining('not computed yet'),
    });
    await service.refresh();
    const example = {
      callerId: 'arn:aws:iam::445566778899:role/orders',
      callerAccountId: '445566778899',
      serviceArn,
      method: 'GET',
    };
    await expect(uses()).resolves.toEqual({
      window: { from: Date.UTC(2026, 9, 23), to: now },
      computedAt: now,
      pendingDays: 0,
      calls: 5,
      gaps: [],
      statements: [
        {
          index: 0,
          sid: 'Readers',
          calls: 3,
          possibleCalls: 0,
          reasons: [],
          last: { ...example, time: at(1), path: '/orders/2' },
        },
        { index: 1, sid: 'Nobody', calls: 0, possibleCalls: 0, reasons: [] },
        {
          index: 2,
          sid: undefined,
          calls: 1,
          possibleCalls: 0,
          reasons: [],
          last: { ...example, time: at(3), path: '/admin' },
        },
        {
          index: 3,
          sid: undefined,
          calls: 0,
          possibleCalls: 1,
          reasons: [expect.stringContaining('RequestHeader')],
          lastPossible: { ...example, time: at(4), path: '/by-header' },
        },
      ],
    });
    await expect(uses({}, networkArn)).resolves.toMatchObject({
      statements: [{ calls: 4 }],
    });
    await expect(uses({ from: at(1.5), to: at(0.9) })).resolves.toMatchObject({
      window: { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 22) },
      calls: 2,
    });
  });

  it('looks again only at what may have changed', async () => {
    const { service, uses, asked, clock, change } = await setUp({});
    const daysAsked = async () => {
      asked.length = 0;
      await service.refresh();
      return asked.map(({ from }) => Math.round((now - from) / day - 0.4));
    };
    expect(await daysAsked()).toHaveLength(31);
    expect(await daysAsked()).toEqual([]);
    clock.now += 20 * 60_000;
    await expect(uses()).resolves.toMatchObject({ window: { to: now } });
    expect(await daysAsked()).toEqual([0]);
    await expect(uses()).resolves.toMatchObject({ window: { to: clock.now } });
    // Until six hours after its end, a day is looked at again.
    clock.now = Date.UTC(2026, 10, 23, 5);
    expect(await daysAsked()).toEqual([-1, 0]);
    clock.now = Date.UTC(2026, 10, 23, 7);
    expect(await daysAsked()).toEqual([-1, 0]);
    clock.now = Date.UTC(2026, 10, 23, 9);
    expect(await daysAsked()).toEqual([-1]);
    change({ service: open, network: open });
    await expect(uses()).resolves.toHaveProperty('reason');
    expect(await daysAsked()).toHaveLength(31);
    expect(
      asked.every(
        ({ serviceArns }) =>
          serviceArns?.[0] === serviceArn || serviceArns === undefined,
      ),
    ).toBe(true);
    await expect(uses()).resolves.toMatchObject({ pendingDays: 0 });
  });

  it('shows gaps, and looks at their days again', async () => {
    const gap = {
      kind: 'source' as const,
      source: 'arn:aws:logs:x',
      reason: 'no role',
    };
    const gaps = [gap];
    const { service, uses, asked, clock } = await setUp({
      records: recordsOf([], { gaps }),
    });
    await service.refresh();
    await expect(uses()).resolves.toMatchObject({ gaps: [gap] });
    gaps.splice(0);
    asked.length = 0;
    clock.now += 6 * hour;
    await service.refresh();
    expect(asked).toHaveLength(31);
    await expect(uses()).resolves.toMatchObject({ gaps: [] });
  });

  it('does not call a statement of a network unused that calls over who knows which network may have used', async () => {
    const ofNetwork = { serviceNetworkArn: undefined };
    const { service, uses, asked } = await setUp({
      estate: { service: open, network: policy },
      calls: [
        callOf({ timestamp: at(2), requestPath: '/orders/1' }),
        callOf({ ...ofNetwork, timestamp: at(1), requestPath: '/orders/2' }),
        callOf({ ...ofNetwork, timestamp: at(1), requestPath: '/by-header' }),
        callOf({
          ...ofNetwork,
          timestamp: at(3),
          requestPath: '/admin',
          ...refusedBy('Network'),
        }),
        callOf({ ...ofNetwork, timestamp: at(4), serviceArn: otherServiceArn }),
      ],
    });
    await service.refresh();
    const network = expect.stringContaining('which service network');
    await expect(uses({}, networkArn)).resolves.toMatchObject({
      calls: 1,
      gaps: [
        { kind: 'network-unknown', serviceArn: otherServiceArn, calls: 1 },
        { kind: 'network-unknown', serviceArn, calls: 3 },
      ],
      statements: [
        { calls: 1, possibleCalls: 1, reasons: [network] },
        { sid: 'Nobody', calls: 0, possibleCalls: 0, reasons: [] },
        { calls: 0, possibleCalls: 1, reasons: [network] },
        {
          calls: 0,
          possibleCalls: 1,
          reasons: [network, expect.stringContaining('RequestHeader')],
        },
      ],
    });
    await expect(uses()).resolves.toMatchObject({ calls: 4, gaps: [] });
    asked.length = 0;
    await service.refresh();
    expect(asked).toEqual([]);
  });

  it('tells what some callers, accounts, networks and services used', async () => {
    const caller = 'arn:aws:sts::111111111111:assumed-role/other/s';
    const { service, uses } = await setUp({
      calls: [
        callOf({ timestamp: at(2), requestPath: '/orders/1' }),
        callOf({
          timestamp: at(1),
          requestPath: '/orders/2',
          serviceNetworkArn: undefined,
        }),
        callOf({
          timestamp: at(3),
          requestPath: '/orders/3',
          resolvedUser: caller,
        }),
        callOf({
          timestamp: at(5),
          requestPath: '/by-header',
          resolvedUser: caller,
          serviceNetworkArn: 'arn:other-network',
        }),
        callOf({ timestamp: at(4), serviceArn: otherServiceArn }),
        callOf({
          timestamp: at(4),
          serviceArn: otherServiceArn,
          serviceNetworkArn: undefined,
        }),
      ],
    });
    await service.refresh();
    const told = async (filter: CallFilter, arn = serviceArn) => {
      const found = await uses({}, arn, filter);
      if ('reason' in found) {
        throw new Error(found.reason);
      }
      const { calls, gaps, statements } = found;
      return [
        calls,
        gaps.reduce((sum, gap) => sum + ('calls' in gap ? gap.calls : NaN), 0),
        ...statements.map(use => [use.calls, use.possibleCalls]),
      ];
    };
    const none = [0, 0];
    const otherId = 'arn:aws:iam::111111111111:role/other';
    const ordersId = 'arn:aws:iam::445566778899:role/orders';
    const ofOther = [2, 0, [1, 0], none, none, [0, 1]];
    const ofOrders = [2, 0, [2, 0], none, none, none];
    expect(await told({ callerId: otherId })).toEqual(ofOther);
    expect(await told({ callerAccountId: '111111111111' })).toEqual(ofOther);
    expect(await told({ accountId: '111111111111' })).toEqual(ofOther);
    expect(await told({ callerId: ordersId })).toEqual(ofOrders);
    const accountId = serviceArn.split(':')[4];
    expect(await told({ accountId })).toEqual(await told({}));
    expect(
      await told({ callerId: ordersId, callerAccountId: '111111111111' }),
    ).toEqual([0, 0, none, none, none, none]);
    // The call over who knows which network may have been over this one.
    expect(await told({ serviceNetworkArn: networkArn })).toEqual([
      ...[2, 1],
      ...[[2, 1], none, none, none],
    ]);
    await expect(
      uses({}, serviceArn, { callerId: otherId }),
    ).resolves.toMatchObject({
      statements: [
        { last: { callerId: otherId, path: '/orders/3', time: at(3) } },
        {},
        {},
        {
          lastPossible: { path: '/by-header', time: at(5) },
          reasons: [expect.stringContaining('RequestHeader')],
        },
      ],
    });
    expect(await told({}, networkArn)).toEqual([3, 2, [3, 2]]);
    expect(await told({ callerId: ordersId }, networkArn)).toEqual([
      ...[2, 2],
      [2, 2],
    ]);
    expect(await told({ serviceArn: otherServiceArn }, networkArn)).toEqual([
      ...[1, 1],
      [1, 1],
    ]);
  });

  it('says of which days nothing will be told', async () => {
    const { service, uses } = await setUp({});
    await service.refresh();
    const older = {
      reason: expect.stringContaining(
        'last 30 days only, that is from 2026-10-23',
      ),
    };
    const ended = Date.UTC(2026, 9, 23);
    await expect(uses({ from: at(60), to: ended })).resolves.toEqual(older);
    await expect(uses({ to: at(45) })).resolves.toEqual(older);
    await expect(uses({ from: at(60), to: ended + 1 })).resolves.toMatchObject({
      window: { from: ended, to: ended + day },
    });
    await expect(uses({ from: at(-1), to: at(-2) })).resolves.toEqual({
      reason: expect.stringContaining('begins on 2026-11-23'),
    });
  });

  it('says where there is nothing to tell', async () => {
    const { uses } = await setUp({
      estate: { service: 'NONE', network: 'unreadable' },
    });
    await expect(uses()).resolves.toEqual({
      reason: expect.stringContaining('auth type is NONE'),
    });
    await expect(uses({}, networkArn)).resolves.toEqual({
      reason: expect.stringContaining('no role'),
    });
    await expect(uses({}, otherServiceArn)).resolves.toEqual({
      reason: 'There is no policy document.',
    });
  });
});
