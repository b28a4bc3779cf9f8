import { COUNT, DURATIONS, LAST_SEEN } from '../ingest/callSums';
import { noCalls } from '../__testUtils__/noCalls';
import { EdgeRows, EdgeSums } from './EdgeSums';
import { KnownEdges } from './KnownEdges';
import { packEdges } from './packedEdges';

const iso = (time: number) => new Date(time).toISOString();
const edgeRow = (number: number, outcome: string, values: object = {}) => ({
  number,
  service_arn: 'service',
  caller_id: 'caller',
  source_vpc_id: 'vpc-1',
  outcome,
  caller_kind: 'signed',
  caller_account_id: '1',
  last_seen: number * 10,
  last_denied_id: '',
  ...values,
});
const newestOf = (rows: any[]) =>
  new Map(
    rows.map(row => [
      row.number,
      {
        lastSeen: row.last_seen,
        deniedRequestId: row.last_denied_id || undefined,
      },
    ]),
  );
const knownOf = (rows: any[]) => KnownEdges.of(rows, newestOf(rows));
const change = (edges: KnownEdges, rows: any[]) =>
  edges.changed(
    rows.filter(({ number }) => !edges.numbers.includes(number)),
    newestOf(rows),
  );
/** Rows of edges: number, count, first seen. */
const edgeRows = (rows: [number, number, number][], start: number) =>
  EdgeRows.of(
    rows.map(([number, count, seen]) => {
      const sums = noCalls(seen - start);
      sums[COUNT] = count;
      sums[LAST_SEEN]++;
      sums[DURATIONS + 2] = count;
      return packEdges(new Map([[number, sums]]));
    }),
    start,
  );

describe('KnownEdges', () => {
  const edges = knownOf([
    edgeRow(1, 'allowed'),
    edgeRow(2, 'denied-by-network', { last_denied_id: 'd2' }),
    edgeRow(3, 'denied-by-service', { last_denied_id: 'd3' }),
    edgeRow(4, 'failed'),
    edgeRow(9, 'denied-by-network', { source_vpc_id: '' }),
  ]);
  const callsOf = (...rows: EdgeRows[]) => {
    const sums = EdgeSums.for(edges.numbers);
    rows.forEach(added => sums.add(added));
    return edges.withCalls(sums);
  };

  it('says when an edge was last allowed and denied, whenever that was', () => {
    expect(callsOf(edgeRows([[4, 2, 40]], 0))).toEqual([
      {
        id: 'caller|service|vpc-1',
        serviceArn: 'service',
        callerId: 'caller',
        callerKind: 'signed',
        sourceVpcId: 'vpc-1',
        calls: [{ outcome: 'failed', count: 2, firstSeen: 40, lastSeen: 41 }],
        durations: [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        lastAllowed: iso(10),
        newestDenied: expect.objectContaining({
          callerAccountId: '1',
          deniedRequestId: 'd3',
        }),
        lastDenied: iso(30),
      },
    ]);
  });

  it('knows what has changed, of edges known and new', () => {
    const changes = [
      edgeRow(10, 'failed', { caller_id: 'other' }),
      edgeRow(4, 'failed', { last_seen: 45 }),
      edgeRow(2, 'denied-by-network', { last_seen: 50, last_denied_id: 'd9' }),
      edgeRow(11, 'denied-by-identity', { last_seen: 20 }),
    ];
    for (const known of [
      change(edges, changes),
      change(change(edges, changes.slice(0, 1)), changes.slice(1)),
      change(change(edges, changes), []),
    ]) {
      const sums = EdgeSums.for(known.numbers);
      sums.add(
        edgeRows(
          known.numbers.length === 7
            ? [
                [4, 2, 40],
                [10, 3, 8],
                [11, 1, 5],
              ]
            : [],
          0,
        ),
      );
      expect(known.withCalls(sums)).toMatchObject([
        {
          callerId: 'caller',
          calls: [
            { outcome: 'failed', count: 2 },
            { outcome: 'denied-by-identity', count: 1 },
          ],
          lastDenied: iso(50),
          newestDenied: { deniedRequestId: 'd9' },
        },
        { callerId: 'other', calls: [{ outcome: 'failed', count: 3 }] },
      ]);
    }
    expect(edges.numbers).toHaveLength(5);
  });

  it('tells the calls of one network, and those of which it is not known', () => {
    const known = knownOf([
      edgeRow(1, 'allowed', { service_network_arn: 'n' }),
      edgeRow(2, 'allowed', { service_network_arn: '' }),
      edgeRow(3, 'failed', { service_network_arn: 'n' }),
    ]);
    const countsIn = (all: KnownEdges, network: string) => {
      const ofNetwork = all.inNetwork(network);
      const sums = EdgeSums.for(ofNetwork.numbers);
      const rows: [number, number, number][] = [
        [1, 5, 1],
        [2, 7, 1],
        [3, 9, 1],
      ];
      sums.add(edgeRows(rows, 0));
      return ofNetwork
        .withCalls(sums)
        .map(({ calls, lastAllowed }) => [
          calls.map(({ count }) => count),
          lastAllowed,
        ]);
    };
    for (let round = 0; round < 2; round++) {
      expect(countsIn(known, 'n')).toEqual([[[5, 9], iso(10)]]);
      expect(countsIn(known, '')).toEqual([[[7], iso(20)]]);
      expect(countsIn(known, 'other')).toEqual([]);
    }
    const changed = change(known, [
      edgeRow(1, 'allowed', { service_network_arn: 'n', last_seen: 90 }),
    ]);
    expect(countsIn(changed, 'n')).toEqual([[[5, 9], iso(90)]]);
  });

  it('says nothing where there was nothing', () => {
    const known = knownOf([edgeRow(1, 'failed')]);
    const sums = EdgeSums.for(known.numbers);
    expect(known.withCalls(sums)).toEqual([]);
    sums.add(edgeRows([[1, 1, 5]], 0));
    const [only] = known.withCalls(sums);
    expect([only.lastAllowed, only.lastDenied, only.newestDenied]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('adds up what has times and counts of any size, and leaves out edges it does not know', () => {
    const late = Date.parse('2026-11-22T10:00:00Z');
    const [one, other, ...more] = callsOf(
      edgeRows(
        [
          [0, 1, late],
          [2, 3, late + 5],
        ],
        late,
      ),
      edgeRows([], late),
      edgeRows(
        [
          [2, 2 ** 40, late],
          [9, 1, late],
        ],
        0,
      ),
      edgeRows(
        [
          [5, 1, late],
          [99, 1, late],
        ],
        late,
      ),
    );
    expect(one.calls).toEqual([
      {
        outcome: 'denied-by-network',
        count: 2 ** 40 + 3,
        firstSeen: late,
        lastSeen: late + 6,
      },
    ]);
    expect(one.durations[2]).toBe(2 ** 40 + 3);
    expect(other.sourceVpcId).toBeUndefined();
    expect(more).toEqual([]);
  });
});
