import type {
  LogSourceStatus,
  MapEdge,
} from '@lattice-portal/plugin-lattice-common';
import { callersFromVpc } from './callersFromVpc';

const serviceNetworkArn =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-1';
const destination = 'arn:aws:logs:us-east-1:001122334455:log-group:network';
const app = 'arn:aws:iam::778899001122:role/app';

const counts = {
  allowed: 0,
  'denied-by-network': 0,
  'denied-by-service': 0,
  'denied-by-identity': 0,
  'target-refused': 0,
  failed: 0,
};

function edge(changes: Partial<MapEdge>): MapEdge {
  return {
    id: 'edge',
    callerId: app,
    serviceArn: 'orders',
    sourceVpcId: 'vpc-1',
    counts: { ...counts, allowed: 3 },
    lastOutcome: 'allowed',
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-02T00:00:00.000Z',
    ...changes,
  };
}

function find(options: {
  edges?: MapEdge[];
  sources?: Partial<LogSourceStatus>[];
  destinations?: Parameters<typeof callersFromVpc>[0]['destinations'];
}) {
  const { edges = [], sources = [{ status: 'reading' }] } = options;
  const service = (arn: string, serviceNetworkArns: string[]) => ({
    ...{ arn, name: `the ${arn}`, serviceNetworkArns },
    ...{ id: arn, accountId: '1', region: 'us-east-1', entityRef: arn },
    ...{ targetTypes: [], counts },
  });
  return callersFromVpc({
    vpcId: 'vpc-1',
    serviceNetworkArn,
    from: Date.parse('2026-01-01T00:00:00.000Z'),
    destinations: options.destinations ?? {
      status: 'read',
      value: [destination],
    },
    map: {
      edges,
      services: [
        service('orders', [serviceNetworkArn]),
        service('elsewhere', ['another network']),
        service('unknown', []),
      ],
      completeness: {
        ...{ linesRead: 0, stored: 0, connections: 0, duplicates: 0 },
        ...{ twins: 0, unparsed: 0, accounts: [] },
        sources: sources.map(source => ({
          ...{ id: destination, accountId: '1', region: 'us-east-1' },
          ...{ status: 'reading', linesRead: 0, unparsed: 0 },
          readFrom: '2026-01-01T00:00:00.000Z',
          ...source,
        })),
      },
    },
  });
}

describe('callersFromVpc', () => {
  it('finds who got through from that VPC in that network, the latest first', () => {
    const { callers, unknown } = find({
      edges: [
        edge({}),
        edge({
          callerId: 'anonymous',
          counts: { ...counts, failed: 1 },
          lastSeen: '2026-01-03T00:00:00.000Z',
        }),
        edge({ serviceArn: 'unknown', lastSeen: '2026-01-01T00:00:00.000Z' }),
        edge({ serviceArn: 'elsewhere' }),
        edge({ sourceVpcId: 'vpc-2' }),
        edge({ sourceVpcId: undefined }),
        edge({ counts: { ...counts, 'denied-by-network': 9 } }),
      ],
    });
    expect(callers).toEqual([
      'anonymous to the orders, last at 2026-01-03T00:00:00.000Z',
      'app of account 778899001122 to the orders, last at 2026-01-02T00:00:00.000Z',
      'app of account 778899001122 to the unknown, last at 2026-01-01T00:00:00.000Z',
    ]);
    expect(unknown).toBeUndefined();
  });

  it.each([
    [
      'no access log',
      { destinations: { status: 'read', value: [] } },
      /has no access log/,
    ],
    [
      'logs that nobody may list',
      { destinations: { status: 'unreadable', reason: 'AccessDenied: no' } },
      /can't be read \(AccessDenied: no\)/,
    ],
    [
      'a log that is not read',
      { sources: [] },
      /reads none of .*log-group:network/,
    ],
    [
      'a log that is read since',
      { sources: [{ readFrom: '2026-01-01T00:00:00.001Z' }] },
      /begin at 2026-01-01T00:00:00.001Z/,
    ],
    [
      'a log that was made since',
      { sources: [{ loggedFrom: '2026-01-01T00:00:00.002Z' }] },
      /begin at 2026-01-01T00:00:00.002Z/,
    ],
    [
      'a log of which nothing is read yet',
      { sources: [{ readFrom: undefined }] },
      /log-group:network is reading/,
    ],
    [
      'a log that fails',
      { sources: [{ status: 'failing', error: { message: 'no', at: '' } }] },
      /log-group:network is failing: no/,
    ],
    [
      'a log that waits, and one of others that is read',
      { sources: [{ status: 'waiting' }, { id: 'other' }] },
      /log-group:network is waiting/,
    ],
  ] as [string, Parameters<typeof find>[0], RegExp][])(
    'does not take %s for nobody',
    (_, options, reason) => {
      expect(find(options).unknown).toMatch(reason);
    },
  );

  it('has enough in one log of the network that is read', () => {
    const sources: Partial<LogSourceStatus>[] = [
      { status: 'paused' },
      { id: 'bucket AccessLogs of sn-1' },
    ];
    const value = [destination, 'bucket'];
    expect(
      find({ sources, destinations: { status: 'read', value } }).unknown,
    ).toBeUndefined();
  });
});
