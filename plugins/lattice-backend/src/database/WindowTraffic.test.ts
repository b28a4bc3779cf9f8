import { noCalls } from '../__testUtils__/noCalls';
import fc from 'fast-check';
import { addCalls, type CallSums, COUNT, DURATIONS } from '../ingest/callSums';
import { EdgeRows } from './EdgeSums';
import { KnownEdges } from './KnownEdges';
import { packEdges, type PackedEdges } from './packedEdges';
import { WindowTraffic } from './WindowTraffic';

const HOUR = 3_600_000;
const BUCKETS = 3;

/** Two rows an edge, as with two outcomes. */
const rowOf = (number: number) => ({
  number,
  service_arn: 'service',
  caller_id: `caller-${Math.floor(number / 2)}`,
  source_vpc_id: '',
  service_network_arn: '',
  outcome: number % 2 === 0 ? 'allowed' : 'failed',
  caller_kind: 'signed',
  caller_account_id: '1',
});
const sumsOf = (second: number): CallSums => {
  const sums = noCalls(second);
  sums[COUNT] = 1;
  sums[DURATIONS + (second % 3)] = 1;
  return sums;
};

/** What a database has. */
class Rows {
  readonly buckets = Array.from(
    { length: BUCKETS },
    (): PackedEdges => new Map(),
  );
  readonly newest = new Map<number, { lastSeen: number }>();

  add(bucket: number, number: number, second: number): void {
    const edges = this.buckets[bucket];
    const sums = sumsOf(second);
    const known = edges.get(number);
    if (known) {
      addCalls(known, sums);
    } else {
      edges.set(number, sums);
    }
    const lastSeen = Math.max(
      bucket * HOUR + second,
      this.newest.get(number)?.lastSeen ?? 0,
    );
    this.newest.set(number, { lastSeen });
  }

  read(bucket: number): EdgeRows {
    return EdgeRows.of([packEdges(this.buckets[bucket])], bucket * HOUR);
  }

  readAll(): EdgeRows[] {
    return this.buckets.map((_, bucket) => this.read(bucket));
  }

  known(before: KnownEdges): KnownEdges {
    const last = before.numbers.at(-1) ?? -1;
    const added = [...this.newest.keys()].filter(number => number > last);
    return before.changed(added.map(rowOf), this.newest);
  }
}

const call = fc.record({
  bucket: fc.nat({ max: BUCKETS - 1 }),
  number: fc.nat({ max: 9 }),
  second: fc.nat({ max: HOUR / 1000 }),
});
const numbersIn = (rows: Rows) => [...rows.newest.keys()].sort((a, b) => a - b);
const nothing = () => KnownEdges.of([], new Map());

describe('WindowTraffic', () => {
  it('is after changes what it is when all is added up anew', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            calls: fc.array(call, { maxLength: 4 }),
            /** Edges are read before what is added then, and hours after it. */
            isLate: fc.boolean(),
          }),
          { maxLength: 6 },
        ),
        steps => {
          const rows = new Rows();
          let edges = nothing();
          let window = WindowTraffic.of(edges, rows.readAll());
          let next = 0;
          for (const { calls, isLate } of steps) {
            const before = rows.known(edges);
            // Numbers are given in the order in which edges come.
            for (const { bucket, number, second } of calls) {
              const known = Math.min(number, next);
              next = Math.max(next, known + 1);
              rows.add(bucket, known, second);
            }
            edges = isLate ? before : rows.known(edges);
            const read = rows.readAll();
            const changed = window.changed(edges, read);
            expect(changed!.traffic).toEqual(
              WindowTraffic.of(edges, read).traffic,
            );
            window = changed!;
          }
          edges = rows.known(edges);
          const read = rows.readAll();
          expect(window.changed(edges, read)!.traffic).toEqual(
            WindowTraffic.of(edges, read).traffic,
          );
          expect(edges.numbers).toHaveLength(numbersIn(rows).length);
        },
      ),
    );
  });

  it('keeps what did not change', () => {
    const rows = new Rows();
    rows.add(0, 0, 5);
    rows.add(0, 2, 6);
    const edges = rows.known(nothing());
    const read = rows.readAll();
    const window = WindowTraffic.of(edges, read);
    rows.add(1, 2, 7);
    rows.add(1, 4, 8);
    const now = window.changed(rows.known(edges), [
      read[0],
      rows.read(1),
      read[2],
    ])!;
    expect(now.traffic[0]).toBe(window.traffic[0]);
    expect(now.traffic.map(({ calls }) => calls[0].count)).toEqual([1, 2, 1]);
    expect(window.traffic.map(({ calls }) => calls[0].count)).toEqual([1, 1]);
  });

  it('says where something was taken away', () => {
    const rows = new Rows();
    rows.add(0, 0, 5);
    rows.add(0, 0, 6);
    rows.add(0, 2, 6);
    const edges = rows.known(nothing());
    const window = WindowTraffic.of(edges, rows.readAll());
    const less = new Rows();
    less.add(0, 0, 5);
    less.add(0, 2, 6);
    expect(window.changed(edges, less.readAll())).toBeUndefined();
    const fewer = new Rows();
    fewer.add(0, 2, 6);
    expect(window.changed(edges, fewer.readAll())).toBeUndefined();
    expect(
      window.changed(fewer.known(nothing()), rows.readAll()),
    ).toBeUndefined();
    fewer.add(0, 0, 5);
    fewer.buckets[0].delete(2);
    expect(window.changed(edges, fewer.readAll())).toBeUndefined();
  });
});
