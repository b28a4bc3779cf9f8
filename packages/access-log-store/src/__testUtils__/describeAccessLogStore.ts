/* eslint-disable jest/no-export */
import {
  callerOf,
  connectionKey,
  pathShape,
  type ResourceAccessLogRecord,
} from '@lattice-portal/access-logs';
import { deniedCalls } from '@lattice-portal/plugin-lattice-common';
import fc from 'fast-check';
import type { AccessLogStore } from '../AccessLogStore';
import { callFields } from '../schema/callFields';
import type { CallScope, CallShape, StoredCall } from '../types';
import { generatedCalls, storedCall, storedCallOf } from './generatedCalls';
import {
  callsIn,
  causesIn,
  countsIn,
  grouped,
  linesIn,
  newestFirst,
  seen,
} from './reference';

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 10, 22);
/** After everything, so that the whole day was there to be read. */
const NOW = DAY + 26 * HOUR;

/** A store that a test may do with what it likes. */
export interface TestStore {
  store: AccessLogStore;
  /** Keys of all Parquet files that are there, also those that don't count. */
  keys(): Promise<string[]>;
  /** Puts a file beside the store's own. */
  putStranger(key: string): Promise<void>;
}

/** What every implementation of the port has to do. */
export function describeAccessLogStore(options: {
  /** Makes an empty store. */
  create: (given: {
    now: () => number;
    sourceGaps?: () => Promise<any[]>;
  }) => Promise<TestStore>;
  lines: number;
  /** How often properties are tried. */
  runs: number;
}): void {
  const { create, lines, runs } = options;
  const day: CallScope = { from: DAY, to: DAY + 24 * HOUR };

  describe('over a generated day', () => {
    let calls: StoredCall[];
    let store: AccessLogStore;
    let keys: () => Promise<string[]>;

    beforeAll(async () => {
      const generated = await generatedCalls({ lines, seed: 7 });
      const twins = generated
        .filter((_, index) => index % 10 === 0)
        .map(({ record }) =>
          storedCall(
            { ...record, other: { seenBy: 'service' } },
            { source: 'service-log', twin: true },
          ),
        );
      calls = [...generated, ...twins];
      ({ store, keys } = await create({ now: () => NOW }));
      for (let part = 0; part < 3; part++) {
        await store.append({
          id: `part ${part}`,
          calls: calls.filter((_, index) => index % 3 === part),
        });
      }
    }, 120_000);

    const scopes: [string, (picked: StoredCall) => CallScope][] = [
      ['a day', () => day],
      [
        'part of an hour',
        () => ({ from: DAY + 3.25 * HOUR, to: DAY + 7.5 * HOUR + 1 }),
      ],
      [
        'a service',
        ({ record }) => ({ ...day, serviceArns: [record.serviceArn] }),
      ],
      ['a caller', ({ caller }) => ({ ...day, callerIds: [caller.id] })],
      [
        'a network',
        ({ record }) => ({
          ...day,
          serviceNetworkArns: [record.serviceNetworkArn!],
        }),
      ],
      ['no network', () => ({ ...day, serviceNetworkArns: ['arn:none'] })],
      ['nothing', () => ({ ...day, serviceArns: [] })],
      [
        'two accounts',
        ({ caller, record }) => ({
          ...day,
          accountIds: [caller.accountId ?? '', record.serviceArn.split(':')[4]],
        }),
      ],
    ];

    describe.each(scopes)('%s', (_, scopeOf) => {
      let scope: CallScope;
      let inScope: StoredCall[];
      let lineCount: number;

      beforeAll(() => {
        scope = scopeOf(calls.find(({ caller }) => caller.accountId)!);
        inScope = callsIn(calls, scope);
        lineCount = linesIn(calls, scope).length;
      });

      it('tells outcomes over time', async () => {
        const step = 5 * 60_000;
        const answer = await store.outcomesOverTime({ ...scope, step });
        const expected = grouped(
          inScope,
          ({ record }) => Math.floor(record.timestamp / step) * step,
        ).map(group => ({
          start: Math.floor(group[0].record.timestamp / step) * step,
          counts: countsIn(group),
        }));
        expect(answer.items).toEqual(
          expected.sort((a, b) => a.start - b.start),
        );
        expect(answer.lines).toBe(lineCount);
        expect(answer.gaps).toEqual([]);
      });

      it('tells callers', async () => {
        const answer = await store.callers(scope);
        const expected = grouped(inScope, ({ caller }) => caller.id).map(
          group => {
            const counts = countsIn(group);
            const denied = deniedCalls(counts);
            const [{ caller }] = group;
            return {
              callerId: caller.id,
              kind: caller.kind,
              accountId: caller.accountId,
              calls: group.length,
              denied,
              deniedShare: denied / group.length,
              counts,
              ...seen(group),
            };
          },
        );
        expected.sort(
          (a, b) =>
            b.denied - a.denied ||
            b.calls - a.calls ||
            (a.callerId < b.callerId ? -1 : 1),
        );
        expect(answer.items).toEqual(expected);
        expect(answer.lines).toBe(lineCount);
      });

      it('tells causes', async () => {
        const answer = await store.causes({ ...scope, limit: 10_000 });
        const order = (a: object, b: object) =>
          JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
        expect([...answer.items].sort(order)).toEqual(
          causesIn(inScope).sort(order),
        );
        const counts = answer.items.map(({ count }) => count);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
      });

      it('tells edges', async () => {
        const durationBounds = [1, 10, 100, 1000];
        const answer = await store.edges({ ...scope, durationBounds });
        const by = (call: StoredCall) => [
          call.caller.id,
          call.record.serviceArn,
          call.record.serviceNetworkArn,
          call.record.sourceVpcId,
        ];
        const expected = grouped(inScope, by).map(group => {
          const [{ caller, record }] = group;
          const sum = (of: (call: StoredCall) => number | undefined) =>
            group.reduce((total, call) => total + (of(call) ?? 0), 0);
          return {
            callerId: caller.id,
            callerKind: caller.kind,
            callerAccountId: caller.accountId,
            serviceArn: record.serviceArn,
            serviceNetworkArn: record.serviceNetworkArn,
            sourceVpcId: record.sourceVpcId,
            counts: countsIn(group),
            durations: [...durationBounds, Infinity].map(
              (bound, index) =>
                group.filter(
                  call =>
                    call.record.duration !== undefined &&
                    call.record.duration < bound &&
                    call.record.duration >= (durationBounds[index - 1] ?? 0),
                ).length,
            ),
            bytesReceived: sum(call => call.record.bytesReceived),
            bytesSent: sum(call => call.record.bytesSent),
            ...seen(group),
          };
        });
        const key = (edge: object) => JSON.stringify(edge);
        expect(new Map(answer.items.map(edge => [key(edge), edge]))).toEqual(
          new Map(expected.map(edge => [key(edge), edge])),
        );
        expect(answer.items).toHaveLength(expected.length);
        expect(answer.lines).toBe(lineCount);
      });

      it('pages through denied requests', async () => {
        const found: StoredCall[] = [];
        const limit = 97;
        let after: string | undefined;
        do {
          const page = await store.deniedRequests({ ...scope, limit, after });
          found.push(...page.items);
          after = page.next;
          expect(page.lines).toBe(
            linesIn(calls, scope).filter(({ outcome }) =>
              outcome.startsWith('denied-by-'),
            ).length,
          );
        } while (after);
        expect(found).toEqual(
          newestFirst(
            inScope.filter(({ outcome }) => outcome.startsWith('denied-by-')),
          ),
        );
      });
    });

    it('finds a call with its twin by the request id', async () => {
      const twin = calls.at(-1)!;
      const { requestId } = twin.record;
      const answer = await store.callsByRequestId({
        ...day,
        requestId: requestId!,
      });
      const first = calls.find(({ key }) => key === twin.key)!;
      expect(answer.items).toEqual([{ key: twin.key, records: [first, twin] }]);
      expect(answer.lines).toBe(2);
    });

    it('tells calls apart by the fields that were asked for', async () => {
      const scope = { ...day, from: DAY + 5 * HOUR, to: DAY + 8 * HOUR };
      const answer = await store.callShapes({
        ...scope,
        fields: ['requestMethod', 'sourceVpcId', 'callerPrincipalTags'],
      });
      const shapes: CallShape[] = [];
      for await (const shape of answer.shapes) {
        shapes.push(shape);
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
      const scope = { ...day, to: DAY + HOUR };
      const answer = await store.callShapes({
        ...scope,
        fields: ['principal', 'requestPath', 'timestamp'],
      });
      const shapes: CallShape[] = [];
      for await (const shape of answer.shapes) {
        shapes.push(shape);
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

    it('tells paths apart by shape and by what policies read', async () => {
      const id = calls
        .map(({ record }) => record.requestPath?.match(/\/(\d+)\/lines$/)?.[1])
        .find(found => found !== undefined)!;
      const answer = await store.callShapes({
        ...day,
        fields: ['requestPath'],
        paths: {
          words: { whole: ['api', id], starts: [], ends: [], parts: [] },
          wholeFor: ['denied-by-service'],
        },
      });
      const shapes: CallShape[] = [];
      for await (const shape of answer.shapes) {
        shapes.push(shape);
      }
      const keyOf = ({
        record: { serviceArn, requestPath = '', ...record },
        outcome,
      }: Pick<CallShape, 'record' | 'outcome'>) =>
        [
          callerOf({ serviceArn, ...record }).id,
          serviceArn,
          outcome,
          requestPath.split('/').includes(id) || outcome === 'denied-by-service'
            ? requestPath
            : pathShape(requestPath),
        ].join(' ');
      const groups = grouped(callsIn(calls, day), call => [keyOf(call)]);
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

    it('says the same of compacted hours', async () => {
      const question = { ...day, step: HOUR };
      const before = await store.outcomesOverTime(question);
      expect(await keys()).toHaveLength(3 * 24);
      expect(await store.compact({ before: DAY + 12 * HOUR })).toEqual({
        hours: 12,
      });
      // Whoever began earlier may still read them.
      expect(await keys()).toHaveLength(3 * 24 + 12);
      expect(await store.outcomesOverTime(question)).toEqual(before);
      expect(await store.compact({ before: DAY + 12 * HOUR })).toEqual({
        hours: 0,
      });
      const again = await store.append({
        id: 'part 1',
        calls: calls.filter((_, index) => index % 3 === 1),
      });
      expect(again).toEqual({ written: 0 });
      expect(await store.outcomesOverTime(question)).toEqual(before);
    });

    it('ends when the asker has enough', async () => {
      const asker = new AbortController();
      const asked = store.edges({
        ...day,
        durationBounds: [1],
        signal: asker.signal,
      });
      asker.abort(new Error('Enough'));
      await expect(asked).rejects.toThrow('Enough');
      await expect(
        store.edges({ ...day, durationBounds: [1], signal: asker.signal }),
      ).rejects.toThrow('Enough');
    });
  });

  describe('with few records', () => {
    const now = DAY + 10 * HOUR;
    let time: number;
    let test: TestStore;

    beforeEach(async () => {
      time = now;
      test = await create({
        now: () => time,
        sourceGaps: async () => [
          { kind: 'source', source: 'arn:logs', reason: 'AccessDenied' },
        ],
      });
    });

    const at = (hour: number, fields: Partial<StoredCall['record']> = {}) =>
      storedCallOf({
        timestamp: DAY + hour * HOUR,
        requestId: `r-${hour}`,
        authDeniedReason: 'Service',
        ...fields,
      });

    it('keeps every field of a record', async () => {
      const record: Record<string, unknown> = {
        timestamp: DAY + 1,
        startTime: new Date(DAY + 1).toISOString(),
        other: { constructor: 'x', 'a.b': [1, { deep: true }] },
      };
      for (const [field, type] of Object.entries(callFields)) {
        record[field] ??= type === 'text' ? `of ${field}` : 7;
      }
      record.callerPrincipalTags = { team: 'edge', '': '' };
      record.authDeniedReason = 'Network';
      record.duration = 0.25;
      const call = storedCall(record as any);
      const bare = at(0.5);
      await test.store.append({ id: 'all', calls: [call, bare] });
      const { items } = await test.store.deniedRequests(day);
      expect(items).toEqual([bare, call]);
    });

    it('says what is not there', async () => {
      expect(await test.store.callers(day)).toEqual({
        window: {
          from: '2026-11-22T00:00:00.000Z',
          to: '2026-11-23T00:00:00.000Z',
        },
        lines: 0,
        items: [],
        gaps: [
          {
            kind: 'not-read',
            from: '2026-11-22T00:00:00.000Z',
            to: '2026-11-22T10:00:00.000Z',
          },
          { kind: 'source', source: 'arn:logs', reason: 'AccessDenied' },
        ],
      });
      await test.store.append({
        id: 'some',
        calls: [at(3.5)],
        hoursRead: [DAY + HOUR, DAY + 2.5 * HOUR],
      });
      const { gaps, lines: counted } = await test.store.callers({
        from: DAY + 0.5 * HOUR,
        to: DAY + 4.25 * HOUR,
      });
      expect(counted).toBe(1);
      expect(gaps.slice(0, -1)).toEqual([
        {
          kind: 'not-read',
          from: '2026-11-22T00:30:00.000Z',
          to: '2026-11-22T01:00:00.000Z',
        },
        {
          kind: 'not-read',
          from: '2026-11-22T04:00:00.000Z',
          to: '2026-11-22T04:15:00.000Z',
        },
      ]);
    });

    it('does not write a batch twice, also when its hour was compacted and cleaned', async () => {
      const batch = { id: 'a', calls: [at(1), at(1.5), at(2)] };
      const other = { id: 'b', calls: [at(1.25), at(2.25)] };
      expect(await test.store.append(batch)).toEqual({ written: 3 });
      expect(await test.store.append(batch)).toEqual({ written: 0 });
      expect(await test.store.append(other)).toEqual({ written: 2 });
      await test.store.compact({ before: DAY + 2 * HOUR });
      time += 24 * HOUR;
      await test.store.compact({ before: DAY + 2 * HOUR });
      expect(await test.keys()).toHaveLength(3);
      expect(await test.store.append(other)).toEqual({ written: 0 });
      // Late lines come in another batch, and make the hour be compacted once more.
      await test.store.append({ id: 'c', calls: [at(1.75)] });
      await test.store.compact({ before: DAY + 3 * HOUR });
      expect(await test.store.append(batch)).toEqual({ written: 0 });
      expect((await test.store.callers(day)).lines).toBe(6);
    });

    it('deletes what is old, but not what is to be kept', async () => {
      const kept = at(1.25, { resolvedUser: 'Anonymous' });
      const calls = [at(0), at(1), kept, at(2), at(3)];
      await test.store.append({ id: 'a', calls });
      await test.store.compact({ before: DAY + 2 * HOUR });
      const deleted = await test.store.deleteBefore({
        before: DAY + 3.5 * HOUR,
        keep: [{ from: DAY, to: DAY + 2 * HOUR, callerIds: ['anonymous'] }],
      });
      expect(deleted).toEqual({ lines: 3, kept: 1 });
      const answer = await test.store.deniedRequests(day);
      expect(answer.items).toEqual([calls[4], kept]);
      expect(answer.gaps).toContainEqual({
        kind: 'thinned',
        from: '2026-11-22T01:00:00.000Z',
        to: '2026-11-22T02:00:00.000Z',
      });
      expect(answer.gaps[0]).toEqual({
        kind: 'not-read',
        from: '2026-11-22T00:00:00.000Z',
        to: '2026-11-22T01:00:00.000Z',
      });
      // The batch is known, and its records must not come back.
      await test.store.append({ id: 'a', calls: [kept] });
      const later = await test.store.deleteBefore({
        before: DAY + 3 * HOUR,
        keep: [],
      });
      expect(later).toEqual({ lines: 1, kept: 0 });
      expect((await test.store.deniedRequests(day)).items).toEqual([calls[4]]);
    });

    it('pages without a gap while records come in', async () => {
      const calls = Array.from({ length: 9 }, (_, index) => at(index));
      await test.store.append({ id: 'a', calls });
      const first = await test.store.deniedRequests({ ...day, limit: 4 });
      await test.store.append({
        id: 'b',
        calls: [at(8.5), at(2.5, { requestMethod: 'PUT' })],
      });
      const second = await test.store.deniedRequests({
        ...day,
        limit: 4,
        after: first.next,
      });
      expect(
        [...first.items, ...second.items].map(({ record }) => record.requestId),
      ).toEqual(['r-8', 'r-7', 'r-6', 'r-5', 'r-4', 'r-3', 'r-2.5', 'r-2']);
    });

    it('filters by every field', async () => {
      const odd = at(1, {
        requestPath: "/Orders/100%_'; DROP TABLE calls; --",
        duration: 1.5,
        responseCode: 403,
      });
      await test.store.append({
        id: 'a',
        calls: [odd, at(2, { requestPath: '/orders/x', responseCode: 500 })],
      });
      const pathsWhere = async (where: object) => {
        const { items } = await test.store.deniedRequests({ ...day, where });
        return items.map(({ record }) => record.requestId);
      };
      expect(
        await pathsWhere({ requestPath: { equals: [odd.record.requestPath] } }),
      ).toEqual(['r-1']);
      expect(await pathsWhere({ requestPath: { contains: '%_' } })).toEqual([
        'r-1',
      ]);
      expect(
        await pathsWhere({ requestPath: { contains: '/ORDERS/' } }),
      ).toEqual(['r-2', 'r-1']);
      expect(
        await pathsWhere({ responseCode: { atLeast: 403, below: 500 } }),
      ).toEqual(['r-1']);
      expect(await pathsWhere({ duration: { equals: [1.5, 7] } })).toEqual([
        'r-1',
      ]);
      expect(
        await pathsWhere({ duration: { atLeast: -1e300, below: 1e21 } }),
      ).toEqual(['r-1']);
      expect(await pathsWhere({ duration: { present: false } })).toEqual([
        'r-2',
      ]);
      expect(
        await pathsWhere({
          responseCode: { present: true },
          hostHeader: { present: true },
        }),
      ).toEqual([]);
      for (const [field, type] of Object.entries(callFields)) {
        const equals = [type === 'text' ? 'none' : 1];
        expect(await pathsWhere({ [field]: { equals } })).toEqual([]);
      }
    }, 60_000);

    it.each([
      [{ nonsense: { equals: ['x'] } }, 'nonsense is no field'],
      [{ 'time_ms) OR (1': { equals: [1] } }, 'is no field'],
      [{ duration: { equals: ['x'] } }, 'duration is a number'],
      [{ duration: { equals: [NaN] } }, 'duration is a number'],
      [{ duration: { contains: 'x' } }, 'duration is a number'],
      [{ requestPath: { atLeast: 1 } }, 'requestPath is a text'],
    ])('refuses the filter %j', async (where, message) => {
      await expect(
        test.store.deniedRequests({ ...day, where: where as object }),
      ).rejects.toThrow(message);
    });

    it.each([
      [{ from: 1, to: 1 }, 'from before to'],
      [{ from: 0, to: DAY }, 'longer than 400 days'],
      [{ ...day, limit: 0 }, 'limit has to be'],
      [{ ...day, limit: 1.5 }, 'limit has to be'],
      [{ ...day, after: 'x' }, 'begin with the first page'],
    ])('refuses %j', async (question, message) => {
      await expect(test.store.deniedRequests(question)).rejects.toThrow(
        message,
      );
    });

    it('takes no text for SQL', async () => {
      let batch = 0;
      const hostile = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          "'",
          "''",
          "' OR '1'='1",
          "'; DROP TABLE calls; --",
          '\\',
          '?',
          '"',
          '$1',
          '%',
          '_',
          '/*',
          '\u2028',
          "\\'",
          'null',
          '-',
          'é'.normalize('NFD'),
        ),
      );
      const text = hostile.map(value => Buffer.from(value).toString());
      await fc.assert(
        fc.asyncProperty(
          fc.record({ path: text, agent: text, method: text, id: text }),
          async ({ path, agent, method, id }) => {
            batch++;
            const call = at(-batch, {
              requestPath: path,
              userAgent: agent,
              requestMethod: method,
              requestId: `${batch} ${id}`,
              other: { [path]: agent },
            });
            await test.store.append({ id: `${batch} ${path}`, calls: [call] });
            const { timestamp } = call.record;
            const scope = { from: timestamp, to: timestamp + 1 };
            const found = await test.store.deniedRequests({
              ...scope,
              where: {
                requestPath: { equals: [path] },
                userAgent: { contains: agent },
                requestMethod: { equals: [method, path] },
                requestId: { equals: [`${batch} ${id}`] },
              },
            });
            expect(found.items).toEqual([call]);
            const byId = await test.store.callsByRequestId({
              ...scope,
              requestId: `${batch} ${id}`,
            });
            expect(byId.items).toEqual([{ key: call.key, records: [call] }]);
            const elsewhere = await test.store.callers({
              ...scope,
              serviceArns: [`x${path}`],
              callerIds: [agent],
              serviceNetworkArns: [method],
              accountIds: [id],
            });
            expect(elsewhere.items).toEqual([]);
          },
        ),
        { numRuns: runs },
      );
    }, 120_000);

    it('makes half a character whole', async () => {
      await test.store.append({
        id: 'a',
        calls: [at(1, { requestPath: '/\ud800\\ud800' })],
      });
      const { items } = await test.store.deniedRequests(day);
      expect(items[0].record.requestPath).toBe('/\ufffd\\ud800');
    });

    it('keeps connections to resource configurations', async () => {
      const record: ResourceAccessLogRecord = {
        eventTimestamp: '2026-11-22T01:00:00Z',
        timestamp: DAY + HOUR,
        resourceConfigurationArn: 'arn:rcfg',
        sourceIpPort: '10.0.0.1:1',
        other: { extra: 1 },
      };
      const connection = {
        key: connectionKey(record),
        source: 'a',
        twin: false,
        record,
      };
      await test.store.append({
        id: 'a',
        connections: [connection, { ...connection, source: 'b', twin: true }],
      });
      const answer = await test.store.connections({
        ...day,
        resourceConfigurationArns: ['arn:rcfg'],
      });
      expect(answer.items).toEqual([connection]);
      expect(answer.lines).toBe(2);
    });

    it('passes over files that are not its own', async () => {
      await test.store.append({ id: 'a', calls: [at(1)] });
      await test.putStranger('calls/day=2026-11-22/notes.txt');
      expect((await test.store.callers(day)).lines).toBe(1);
    });
  });
}
