/* eslint-disable jest/no-export */
import { callerOf, pathShape } from '@lattice-portal/access-logs';
import type { CallScope, CallShape, StoredCall } from '../../../types';
import { callsIn, grouped, seen } from '../../reference';
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import type { GeneratedDay } from './describeGeneratedDay';

/** Calls that differ in nothing that was asked for are one shape. */
export function testCallShapes(given: () => GeneratedDay): void {
  it('tells calls apart by the fields that were asked for', async () => {
    const { calls, store } = given();
    const scope = { ...WHOLE_DAY, from: DAY + 5 * HOUR, to: DAY + 8 * HOUR };
    const answer = await store.callShapes({
      ...scope,
      fields: ['requestMethod', 'sourceVpcId', 'callerPrincipalTags'],
    });
    const shapes: CallShape[] = [];
    for await (const batch of answer.batches) {
      shapes.push(...batch);
    }
    const fold = (of: {
      caller: string;
      record: StoredCall['record'];
      outcome: string;
    }) =>
      JSON.stringify([
        of.caller,
        of.record.serviceArn,
        of.outcome,
        of.record.requestMethod,
        of.record.sourceVpcId,
        of.record.callerPrincipalTags,
      ]);
    const expected = grouped(callsIn(calls, scope), call =>
      fold({ ...call, caller: call.caller.id }),
    ).map(group => [
      fold({ ...group[0], caller: group[0].caller.id }),
      { count: group.length, ...seen(group) },
    ]);
    expect(
      new Map(
        shapes.map(({ record, outcome, count, firstSeen, lastSeen }) => [
          fold({ caller: callerOf(record).id, record, outcome }),
          { count, firstSeen, lastSeen },
        ]),
      ),
    ).toEqual(new Map(expected as any));
    expect(shapes).toHaveLength(expected.length);
  });

  it('tells principals, paths and times apart when asked to', async () => {
    const { calls, store } = given();
    const scope = { ...WHOLE_DAY, to: DAY + HOUR };
    const answer = await store.callShapes({
      ...scope,
      fields: ['principal', 'requestPath', 'timestamp'],
    });
    const shapes: CallShape[] = [];
    for await (const batch of answer.batches) {
      shapes.push(...batch);
    }
    const inScope = callsIn(calls, scope);
    const groups = grouped(inScope, ({ record, outcome }) => [
      record.serviceArn,
      outcome,
      record.resolvedUser,
      record.requestPath,
      record.timestamp,
    ]);
    expect(shapes).toHaveLength(groups.length);
    expect(shapes.reduce((sum, { count }) => sum + count, 0)).toBe(
      inScope.length,
    );
  });

  it('tells the network where one is asked for, and where all are', async () => {
    const { calls, store } = given();
    const arn = calls[0].record.serviceNetworkArn!;
    const countsOf = async (scope: CallScope) => {
      const answer = await store.callShapes({
        ...scope,
        fields: ['serviceNetworkArn'],
      });
      const counts: Record<string, number> = {};
      for await (const batch of answer.batches) {
        for (const { record, count } of batch) {
          const network = String(record.serviceNetworkArn);
          counts[network] = (counts[network] ?? 0) + count;
        }
      }
      return counts;
    };
    const expected = Object.fromEntries(
      grouped(callsIn(calls, WHOLE_DAY), ({ record }) => [
        String(record.serviceNetworkArn),
      ]).map(group => [
        String(group[0].record.serviceNetworkArn),
        group.length,
      ]),
    );
    expect(await countsOf(WHOLE_DAY)).toEqual(expected);
    expect(await countsOf({ ...WHOLE_DAY, serviceNetworkArns: [arn] })).toEqual(
      { [arn]: expected[arn] },
    );
  });

  it('tells paths apart by shape and by what policies read', async () => {
    const { calls, store } = given();
    const id = calls
      .map(({ record }) => record.requestPath?.match(/\/(\d+)\/lines$/)?.[1])
      .find(found => found !== undefined)!;
    const answer = await store.callShapes({
      ...WHOLE_DAY,
      fields: ['requestPath'],
      paths: {
        words: { whole: ['api', id], starts: [], ends: [], parts: [] },
      },
      wholeFor: {
        outcomes: ['denied-by-service'],
        fields: ['sourceVpcId', 'callerPrincipalTags'],
      },
    });
    const shapes: CallShape[] = [];
    for await (const batch of answer.batches) {
      shapes.push(...batch);
    }
    const keyOf = ({
      record: { serviceArn, requestPath = '', ...record },
      outcome,
    }: Pick<CallShape, 'record' | 'outcome'>) =>
      [
        callerOf(record).id,
        serviceArn,
        outcome,
        requestPath.split('/').includes(id) || outcome === 'denied-by-service'
          ? requestPath
          : pathShape(requestPath),
        ...(outcome === 'denied-by-service'
          ? [
              record.resolvedUser,
              record.sourceVpcId,
              JSON.stringify(record.callerPrincipalTags),
            ]
          : []),
      ].join(' ');
    const groups = grouped(callsIn(calls, WHOLE_DAY), call => [keyOf(call)]);
    expect(
      shapes.map(shape => [keyOf(shape), shape.count, shape.lastSeen]).sort(),
    ).toEqual(
      groups
        .map(group => [
          keyOf(group[0]),
          group.length,
          Math.max(...group.map(({ record }) => record.timestamp)),
        ])
        .sort(),
    );
    // The path goes with the time: both are the last call's.
    const last = new Set(
      calls.map(({ record }) => `${record.timestamp} ${record.requestPath}`),
    );
    expect(
      shapes.filter(
        ({ record, lastSeen }) =>
          !last.has(`${lastSeen} ${record.requestPath}`),
      ),
    ).toEqual([]);
  });
}
