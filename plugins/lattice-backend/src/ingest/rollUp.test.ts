import { columnsOf } from '@lattice-portal/access-logs';
import { isDenied } from '@lattice-portal/plugin-lattice-common';
import fc from 'fast-check';
import { accessLogLine, serviceArnOf } from '../__testUtils__/accessLogLines';
import { COUNT, FIRST_SEEN, LAST_SEEN } from './callSums';
import { rollUp } from './rollUp';
import { Novelty } from './SeenTable';

const hour = 3_600_000;
const start = Date.parse('2026-11-22T10:00:00Z');

const call = fc.record({
  second: fc.nat(3 * 3600),
  service: fc.constantFrom('orders', 'stock', 'users'),
  caller: fc.constantFrom('one', 'two', 'three', 'four'),
  sourceVpcId: fc.constantFrom('vpc-1', 'vpc-2'),
  denied: fc.constantFrom('Service' as const, 'Network' as const, undefined),
  path: fc.constantFrom('/orders/1', '/orders/2', '/stock'),
  isNew: fc.boolean(),
});

/** Groups of calls, each with those that are the newest first. */
function groupsOf<T extends { second: number }>(
  calls: readonly T[],
  keyOf: (of: T) => unknown[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of calls) {
    const key = JSON.stringify(keyOf(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

const hourOf = (second: number) => Math.floor(second / 3600) * hour + start;

test('adds up what is new, whatever batches it comes in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(call, { maxLength: 60 }), { maxLength: 4 }),
      async batches => {
        const lines = batches.map((calls, batch) => ({
          columns: columnsOf(
            calls.map(({ second, caller, ...others }, at) =>
              accessLogLine(`${batch} ${at}`, {
                ...others,
                requestId: `request ${batch} ${at}`,
                caller: `arn:aws:sts::556677889900:assumed-role/${caller}/session`,
                startTime: new Date(start + second * 1000).toISOString(),
              }),
            ),
          ),
          novelties: Uint8Array.from(calls, ({ isNew }) =>
            isNew ? Novelty.New : Novelty.Duplicate,
          ),
        }));
        const found = await rollUp(lines, { sourceNumber: 7 });

        const calls = batches.flat().filter(({ isNew }) => isNew);
        const endOf = ({ denied }: { denied?: string }) =>
          denied ? `denied-by-${denied.toLowerCase()}` : 'allowed';
        const outcomes = groupsOf(calls, of => [
          hourOf(of.second),
          serviceArnOf(of.service),
          endOf(of),
        ]);
        expect(
          new Map(
            found.outcomes.map(({ bucket, service_arn, outcome, counts }) => [
              JSON.stringify([bucket, service_arn, outcome]),
              counts,
            ]),
          ),
        ).toEqual(
          new Map(
            Array.from(outcomes, ([key, of]) => [
              key,
              Array.from(
                { length: 12 },
                (_, index) =>
                  of.filter(
                    ({ second }) => Math.floor((second % 3600) / 300) === index,
                  ).length,
              ),
            ]),
          ),
        );

        const edges = groupsOf(calls, of => [
          serviceArnOf(of.service),
          `arn:aws:iam::556677889900:role/${of.caller}`,
          of.sourceVpcId,
          endOf(of),
        ]);
        expect(
          new Map(
            found.edges.map(edge => [
              JSON.stringify([
                edge.service_arn,
                edge.caller_id,
                edge.source_vpc_id,
                edge.outcome,
              ]),
              {
                lastSeen: edge.last_seen,
                hours: new Map(
                  edge.hours.map(([bucket, sums]) => [
                    bucket,
                    [sums[COUNT], sums[FIRST_SEEN], sums[LAST_SEEN]],
                  ]),
                ),
              },
            ]),
          ),
        ).toEqual(
          new Map(
            Array.from(edges, ([key, of]) => [
              key,
              {
                lastSeen: start + Math.max(...of.map(x => x.second)) * 1000,
                hours: new Map(
                  Array.from(
                    groupsOf(of, ({ second }) => [hourOf(second)]).values(),
                    ofHour => {
                      const offsets = ofHour.map(
                        ({ second }) => (second % 3600) * 1000,
                      );
                      return [
                        hourOf(ofHour[0].second),
                        [
                          ofHour.length,
                          Math.min(...offsets),
                          Math.max(...offsets),
                        ],
                      ];
                    },
                  ),
                ),
              },
            ]),
          ),
        );

        const denied = new Map(found.denied.map(row => [row.id, row]));
        expect(denied.size).toBe(calls.filter(of => of.denied).length);
        for (const edge of found.edges) {
          // Of calls in the same second any may be the newest.
          expect(denied.get(edge.last_denied_id)?.start_time).toBe(
            isDenied(edge.outcome as never) ? edge.last_seen : undefined,
          );
        }
        expect(
          found.denied.every(
            ({ source_number: number, log, record, path_shape: shape }) =>
              number === 7 &&
              log === '' &&
              JSON.parse(record).requestId.startsWith('request ') &&
              ['/orders/*', '/stock'].includes(shape),
          ),
        ).toBe(true);
        expect(found.causes.reduce((sum, { count }) => sum + count, 0)).toBe(
          denied.size,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('tells thousands of edges apart', async () => {
  const lines = [0, 1].map(batch => {
    const columns = columnsOf(
      Array.from({ length: 5_000 }, (_, at) =>
        accessLogLine(`${batch} ${at}`, {
          requestId: `${batch} ${at}`,
          caller: `arn:aws:iam::556677889900:role/r${at % 2_500}`,
          service: `${at % 3}`,
        }),
      ),
    );
    const novelties = new Uint8Array(5_000).fill(Novelty.New);
    return { columns, novelties };
  });
  const { edges } = await rollUp(lines, { sourceNumber: 1 });
  expect(edges).toHaveLength(5_000);
  expect(
    edges.every(({ hours }) => new Map(hours).get(start)![COUNT] === 2),
  ).toBe(true);
});
