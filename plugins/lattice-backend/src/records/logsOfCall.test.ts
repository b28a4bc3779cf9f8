import type { AccessLogSubscription } from '@lattice-portal/plugin-lattice-common';
import { estateOf } from '../__testUtils__/estateOf';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import { logsOfCall } from './logsOfCall';

const region = 'us-east-1';
const networkArn = `arn:aws:vpc-lattice:${region}:001122334455:servicenetwork/sn-1`;
const serviceArn = `arn:aws:vpc-lattice:${region}:223344556677:service/svc-1`;
const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const iso = (time: string) => `2026-11-22T${time}.000Z`;

/** The id of its source is its destination. */
function subscriptionOf(
  resourceArn: string,
  destinationArn: string,
): AccessLogSubscription {
  return {
    arn: `als ${destinationArn}`,
    id: 'als-1',
    accountId: '001122334455',
    region,
    resourceArn,
    destinationArn,
  };
}

const onNetwork = subscriptionOf(networkArn, 'network log');
const onService = subscriptionOf(serviceArn, 'service log');

function sourceOf(
  id: string,
  values: Partial<StoredLogSourceStatus>,
): StoredLogSourceStatus {
  return { id, status: 'reading', ...values } as StoredLogSourceStatus;
}

function logsOf(options: {
  told: string[];
  subscriptions?: AccessLogSubscription[];
  sources?: StoredLogSourceStatus[];
  serviceNetworkArn?: string;
  gaps?: { part: string; message: string }[];
}) {
  const {
    told,
    subscriptions = [onNetwork, onService],
    sources = [],
    gaps = [],
  } = options;
  return logsOfCall({
    call: {
      records: told.map(source => ({
        source,
        record: {
          timestamp: at('10:00:00'),
          duration: 60_000,
          serviceArn,
          serviceNetworkArn: networkArn,
          ...('serviceNetworkArn' in options && {
            serviceNetworkArn: options.serviceNetworkArn,
          }),
        },
      })),
    } as never,
    snapshots: ['001122334455', '223344556677'].map((accountId, index) => ({
      accountId,
      region,
      estate: {
        ...estateOf({
          accessLogSubscriptions: index === 0 ? subscriptions : [],
        }),
        gaps: gaps as never,
      },
    })),
    sources,
    sourceIdOf: ({ destinationArn }) =>
      destinationArn === 'nowhere' ? undefined : destinationArn,
  }).map(({ of: _, resourceArn: __, ...status }) => status);
}

describe('logsOfCall', () => {
  it('finds a call in both logs', () => {
    expect(logsOf({ told: ['service log', 'network log'] })).toEqual([
      { status: 'recorded' },
      { status: 'recorded' },
    ]);
  });

  it.each([
    // The call ended at 10:01, and delivery takes up to a quarter of an hour.
    [iso('10:15:59'), 'awaited'],
    [iso('10:16:00'), 'absent'],
  ])('of a log that is read until %s says %s', (readUntil, status) => {
    expect(
      logsOf({
        told: ['network log'],
        sources: [sourceOf('service log', { readUntil })],
      })[1],
    ).toEqual({ status, source: 'service log', readUntil });
  });

  it.each<[string, Partial<StoredLogSourceStatus>, string | RegExp]>([
    [
      'paused',
      {
        status: 'paused',
        paused: { by: 'user:default/a', at: iso('09:00:00') },
      },
      'user:default/a has paused the reading of the log',
    ],
    [
      'failing',
      { status: 'failing', error: { message: 'no', at: iso('09:00:00') } },
      'The log can’t be read: no',
    ],
  ])('says why a log is %s', (_, values, reason) => {
    expect(
      logsOf({
        told: ['service log'],
        sources: [sourceOf('network log', values)],
      }),
    ).toEqual([
      {
        status: 'awaited',
        source: 'network log',
        readUntil: undefined,
        reason,
      },
      { status: 'recorded' },
    ]);
  });

  it('awaits what nobody has begun to read, or can', () => {
    const subscriptions = [onNetwork, subscriptionOf(serviceArn, 'nowhere')];
    expect(logsOf({ told: ['network log'], subscriptions })[1]).toMatchObject({
      status: 'awaited',
      source: 'nowhere',
      reason: expect.stringMatching('does not read destinations'),
    });
    expect(logsOf({ told: ['service log'] })[0]).toMatchObject({
      status: 'awaited',
      source: 'network log',
    });
  });

  it('says that there is no second log, if that is known', () => {
    const options = { told: ['network log'], subscriptions: [onNetwork] };
    expect(logsOf(options)[1]).toEqual({ status: 'not-subscribed' });
    const resources: AccessLogSubscription = {
      ...subscriptionOf(networkArn, 'connections'),
      serviceNetworkLogType: 'RESOURCE',
    };
    expect(
      logsOf({
        told: ['service log'],
        subscriptions: [resources, onService],
      })[0],
    ).toEqual({ status: 'not-subscribed' });
    expect(
      logsOf({
        ...options,
        gaps: [{ part: 'accessLogSubscriptions of svc-1', message: 'denied' }],
      })[1],
    ).toEqual({
      status: 'unknown',
      reason:
        'The access-log subscriptions of account 223344556677 could not be read',
    });
    expect(
      logsOf({ told: ['service log'], serviceNetworkArn: undefined })[0],
    ).toMatchObject({ status: 'unknown' });
  });

  it.each<[string, string[], string[]]>([
    ['names', ['shared of svc-1'], ['awaited', 'recorded']],
    ['names', ['shared of svc-1', 'shared of sn-1'], ['recorded', 'recorded']],
    ['streams', ['shared of one', 'shared of other'], ['recorded', 'recorded']],
    ['streams', ['shared of one'], ['unknown', 'unknown']],
    ['nothing', ['shared', 'shared'], ['recorded', 'recorded']],
    ['nothing', ['shared'], ['unknown', 'unknown']],
  ])('tells two logs in one place apart by %s: %j', (_, told, expected) => {
    const subscriptions = [networkArn, serviceArn].map(arn =>
      subscriptionOf(arn, 'shared'),
    );
    expect(logsOf({ told, subscriptions }).map(({ status }) => status)).toEqual(
      expected,
    );
  });
});
