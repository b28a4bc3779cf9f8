import { durationColumns } from './durationColumns';
import { EdgeRows, EdgeSums } from './EdgeSums';
import { KnownEdges } from './KnownEdges';

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
const sumRow = (number: number, count: number, seen: number) => ({
  edge_number: number,
  count,
  first_seen: seen,
  last_seen: seen + 1,
  ...Object.fromEntries(
    durationColumns.map((column, index) => [column, index === 2 ? count : 0]),
  ),
});

describe('KnownEdges', () => {
  const edges = KnownEdges.of([
    edgeRow(1, 'allowed'),
    edgeRow(2, 'denied-by-network', { last_denied_id: 'd2' }),
    edgeRow(3, 'denied-by-service', { last_denied_id: 'd3' }),
    edgeRow(4, 'failed'),
    edgeRow(9, 'denied-by-network', { source_vpc_id: '' }),
  ]);
  const callsOf = (...rows: EdgeRows[]) => {
    const sums = EdgeSums.for(edges.numbers);
    rows.forEach(row => sums.add(row));
    return edges.withCalls(sums);
  };

  it('says when an edge was last allowed and denied, whenever that was', () => {
    expect(callsOf(EdgeRows.of([sumRow(4, 2, 40)], 0))).toEqual([
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

  it('says nothing where there was nothing', () => {
    const known = KnownEdges.of([edgeRow(1, 'failed')]);
    const sums = EdgeSums.for(known.numbers);
    expect(known.withCalls(sums)).toEqual([]);
    sums.add(EdgeRows.of([sumRow(1, 1, 5)], 0));
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
      EdgeRows.of([sumRow(0, 1, late), sumRow(2, 3, late + 5)], late),
      EdgeRows.of([], late),
      EdgeRows.of([sumRow(2, 2 ** 40, late), sumRow(9, 1, late)], 0),
      EdgeRows.of([sumRow(5, 1, late), sumRow(99, 1, late)], late),
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
