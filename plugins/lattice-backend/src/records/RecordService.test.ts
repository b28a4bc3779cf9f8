import type {
  AccessLogStore,
  RecordedCall,
} from '@lattice-portal/access-log-store';
import {
  type AccessLogRecord,
  callerOf,
  callKey,
  classify,
} from '@lattice-portal/access-logs';
import type {
  CallFilter,
  ProxyLog,
} from '@lattice-portal/plugin-lattice-common';
import {
  callOf,
  networkArn,
  otherServiceArn,
  policyEstate,
} from '../__testUtils__/policyEstate';
import { RecordService } from './RecordService';

const minute = 60_000;
const time = Date.parse('2026-11-22T10:00:00Z');
const mine = '445566778899';
const theirs = '999999999999';
const group = { accountId: mine, region: 'us-east-1', name: '/proxy' };

/** A call of an account, so many minutes after the viewer's. */
function recordedCall(
  accountId: string,
  minutes: number,
  fields: Partial<AccessLogRecord> = {},
): RecordedCall {
  const record = callOf({
    ...fields,
    requestId: 'shared',
    timestamp: time + minutes * minute,
    resolvedUser: `arn:aws:sts::${accountId}:assumed-role/app/i`,
  });
  const key = callKey(record);
  const caller = callerOf(record);
  const outcome = classify(record);
  return {
    key,
    records: [{ key, source: 'log', twin: false, record, caller, outcome }],
  };
}

function serviceWith(callsByRequestId: AccessLogStore['callsByRequestId']) {
  const linesOf = jest.fn(async () => ({ lines: [], isComplete: true }));
  const { index } = policyEstate({});
  const service = RecordService.create({
    estate: { current: async () => index } as never,
    records: { callsByRequestId } as AccessLogStore,
    ingest: { sources: async () => [] },
    sourceFactory: { create: () => undefined },
    proxyLogs: { linesOf },
    proxyLogGroups: [group],
  });
  const ask = (range: { from: number; to: number }, filter: CallFilter = {}) =>
    service.byRequestId({
      requestId: 'shared',
      range,
      filter,
      allows: ({ records: [{ caller }] }) => caller.accountId === mine,
    });
  return { ask, linesOf };
}

/** A store with some calls. */
function storeOf(
  calls: RecordedCall[],
  hasMore: (from: number) => boolean = () => false,
): jest.MockedFunction<AccessLogStore['callsByRequestId']> {
  return jest.fn(async ({ from, to, serviceArns, serviceNetworkArns }) => {
    const items = calls.filter(
      ({ records: [{ record }] }) =>
        record.timestamp >= from &&
        record.timestamp < to &&
        (serviceArns ?? [record.serviceArn]).includes(record.serviceArn) &&
        (serviceNetworkArns ?? [record.serviceNetworkArn]).includes(
          record.serviceNetworkArn,
        ),
    );
    const window = {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    };
    const lines = items.length;
    return { window, gaps: [], lines, items, hasMore: hasMore(from) };
  });
}

describe('RecordService', () => {
  const onlyMine = { from: time, to: time + 1 };
  const wide = { from: time - 60 * minute, to: time + 60 * minute };

  // The log is searched for 5 minutes before and after, and a line is up to 5 minutes from its call.
  it.each<[string, number[], typeof wide, ProxyLog['status']]>([
    ['nobody else', [], onlyMine, 'read'],
    ['somebody in the window', [1], wide, 'unknown'],
    ['somebody later than the window', [1], onlyMine, 'unknown'],
    ['somebody before the window', [-9.9], onlyMine, 'unknown'],
    ['somebody whose lines may be among them', [9.9], onlyMine, 'unknown'],
    ['somebody long after', [10.1], onlyMine, 'read'],
  ])(
    'searches proxy logs only for a reader of all calls: with %s',
    async (_, others, range, status) => {
      const own = recordedCall(mine, 0);
      const { ask, linesOf } = serviceWith(
        storeOf([own, ...others.map(minutes => recordedCall(theirs, minutes))]),
      );
      const answer = await ask(range);
      expect(answer.calls.map(({ key }) => key)).toEqual([own.key]);
      expect(answer.lines).toEqual({ count: 1, isAtLeast: false });
      expect(answer.proxyLogs).toMatchObject([{ status }]);
      expect(linesOf.mock.calls).toEqual(
        status === 'read'
          ? [
              [
                {
                  group,
                  requestId: 'shared',
                  from: time - 5 * minute,
                  to: time + 5 * minute,
                },
              ],
            ]
          : [],
      );
    },
  );

  it.each([
    ['in the window', () => true, true],
    ['around it', (from: number) => from < onlyMine.from, false],
  ])(
    'does not search where more calls have the id than it looks at: %s',
    async (_, hasMoreFrom, isTold) => {
      const { ask, linesOf } = serviceWith(
        storeOf([recordedCall(mine, 0)], hasMoreFrom),
      );
      const answer = await ask(onlyMine);
      expect(answer).toMatchObject({
        hasMore: isTold,
        lines: { count: 1, isAtLeast: isTold },
        proxyLogs: [
          {
            status: 'unknown',
            reason: expect.stringMatching(/^So many calls/),
          },
        ],
      });
      expect(linesOf).not.toHaveBeenCalled();
    },
  );

  it.each<[CallFilter, number[]]>([
    [{}, [0, 1, 2]],
    [{ callerId: 'arn:aws:iam::445566778899:role/app' }, [0, 1, 2]],
    [{ callerAccountId: theirs }, []],
    [{ accountId: mine }, [0, 1, 2]],
    [{ accountId: otherServiceArn.split(':')[4] }, [0, 1, 2]],
    [{ accountId: '111111111111' }, []],
    [{ serviceArn: otherServiceArn }, [1]],
    [{ serviceNetworkArn: networkArn }, [0, 1]],
    [{ serviceNetworkArn: networkArn, serviceArn: otherServiceArn }, [1]],
  ])('gives the calls that are asked for: %j', async (filter, expected) => {
    const calls = [
      recordedCall(mine, 0),
      recordedCall(mine, 1, { serviceArn: otherServiceArn }),
      recordedCall(mine, 2, { serviceNetworkArn: undefined }),
      recordedCall(theirs, 3),
    ];
    const { ask } = serviceWith(storeOf(calls));
    const answer = await ask(wide, filter);
    expect(answer.calls.map(({ key }) => key)).toEqual(
      expected.map(at => calls[at].key),
    );
    const isLeftOut = filter.serviceNetworkArn && !filter.serviceArn;
    expect(answer.gaps).toEqual(
      isLeftOut
        ? [{ kind: 'network-unknown', ...answer.window, calls: 1 }]
        : [],
    );
  });

  it('does not search where it is not known who else has the id', async () => {
    const find = storeOf([recordedCall(mine, 0)]);
    const { ask, linesOf } = serviceWith(async question => {
      if (question.to > onlyMine.to) {
        throw new Error('The disk is gone');
      }
      return find(question);
    });
    const answer = await ask(onlyMine);
    expect(answer.calls).toHaveLength(1);
    expect(answer.proxyLogs).toMatchObject([
      {
        status: 'unknown',
        reason: expect.stringMatching(/not known: .*The disk is gone/),
      },
    ]);
    expect(linesOf).not.toHaveBeenCalled();
  });
});
