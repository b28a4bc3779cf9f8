import {
  type DenialCause,
  exactLines,
} from '@lattice-portal/plugin-lattice-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { addCauses } from './addCauses';
import { DatabaseDeniedRequestStore } from './DatabaseDeniedRequestStore';
import type { DeniedFilter } from './DeniedRequestStore';
import { migrate } from './openDatabase';
import { countByHour } from './pagesOfCauses';
import { whereCriteria } from './whereCriteria';

const databases = createTestDatabases();
const HOUR = 3_600_000;
const start = Date.parse('2026-11-22T10:00:00Z');

/** A call that was denied: times are few, so that many are alike. */
interface Call {
  cause: number;
  time: number;
  isSought: boolean;
}

const call = fc.record({
  cause: fc.integer({ min: 0, max: 6 }),
  // Around the edges of hours.
  time: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1, 2, HOUR - 1))
    .map(([hour, rest]) => start + hour * HOUR + rest),
  isSought: fc.boolean(),
});
const edge = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 1, 2, HOUR - 1))
  .map(([hour, rest]) => start + hour * HOUR + rest);
const sought: DeniedFilter = {
  where: [{ field: 'userAgent', operator: 'equals', value: 'sought' }],
};

function columnsOf(cause: number) {
  const account = cause % 2 ? '111122223333' : '444455556666';
  return {
    cause_id: `cause-${cause}`,
    service_arn: `service-${cause % 3}`,
    caller_id: `arn:aws:iam::${account}:role/R${cause}`,
    caller_kind: 'signed',
    caller_account_id: account,
    source_vpc_id: '',
    outcome: 'denied-by-service',
    method: 'GET',
    path_shape: '/',
  };
}

/** As ingest keeps them: each call, and the hours of each cause. */
async function store(knex: Knex, calls: Call[]) {
  await knex('denied_causes').delete();
  await knex('denied_causes_1h').delete();
  await knex('denied_requests').delete();
  const hours = new Map<string, any>();
  for (const [index, { cause, time, isSought }] of calls.entries()) {
    const id = `call-${index}`;
    await knex('denied_requests').insert({
      ...columnsOf(cause),
      id,
      start_time: time,
      record: JSON.stringify({ userAgent: isSought ? 'sought' : 'other' }),
    });
    const bucket = time - (time % HOUR);
    const row = hours.get(`${bucket} ${cause}`) ?? {
      ...columnsOf(cause),
      bucket,
      count: 0,
      first_seen: time,
      last_seen: time,
      example_id: id,
    };
    row.count++;
    row.first_seen = Math.min(row.first_seen, time);
    row.last_seen = Math.max(row.last_seen, time);
    hours.set(`${bucket} ${cause}`, row);
  }
  await addCauses(knex, [...hours.values()]);
  return [...hours.values()];
}

/** What is kept, added up by cause: `[id, count, first, last]`. */
function addedUp(
  rows: { id: string; count: number; first: number; last: number }[],
) {
  const causes = new Map<string, [string, number, number, number]>();
  for (const { id, count, first, last } of rows) {
    const known = causes.get(id) ?? [id, 0, first, last];
    causes.set(id, [
      id,
      known[1] + count,
      Math.min(known[2], first),
      Math.max(known[3], last),
    ]);
  }
  return [...causes.values()].sort(
    (a, b) => b[3] - a[3] || (a[0] < b[0] ? 1 : -1),
  );
}

const seen = (cause: Omit<DenialCause, 'serviceName'>) => [
  cause.id,
  cause.count,
  Date.parse(cause.firstSeen),
  Date.parse(cause.lastSeen),
];

describe.each(databaseIds)('pages of causes on %s', databaseId => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
  });

  async function pagesOf(
    options: Parameters<DatabaseDeniedRequestStore['causes']>[0] & {
      limit: number;
    },
  ) {
    const denied = DatabaseDeniedRequestStore.create({ knex });
    const all: Omit<DenialCause, 'serviceName'>[] = [];
    for (;;) {
      const last = all.at(-1);
      const page = await denied.causes({
        ...options,
        after: last && { lastSeen: Date.parse(last.lastSeen), id: last.id },
      });
      all.push(...page);
      if (page.length < options.limit) {
        return all;
      }
    }
  }

  it('add up to all causes, whatever the window, its edges and ties', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 40 }),
        edge,
        edge,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(undefined, '111122223333'),
        async (calls, from, to, limit, account) => {
          const range = { from, to };
          const hours = await store(knex, calls);
          const denied = DatabaseDeniedRequestStore.create({ knex });
          const criteria = account
            ? { serviceArns: [], callerAccountIds: [account] }
            : undefined;
          const isVisible = (row: { caller_account_id: string }) =>
            !account || row.caller_account_id === account;
          const ofHours = addedUp(
            hours
              .filter(isVisible)
              .filter(row => row.last_seen >= from && row.first_seen < to)
              .map(row => ({
                id: row.cause_id,
                count: row.count,
                first: row.first_seen,
                last: row.last_seen,
              })),
          );
          const all = await denied.causes({ range, criteria });
          expect(all.map(seen)).toEqual(ofHours);
          expect(await pagesOf({ range, criteria, limit })).toEqual(all);
          const linesOf = (causes: { count: number }[]) =>
            exactLines(causes.reduce((sum, { count }) => sum + count, 0));
          expect(await denied.countOfCauses({ range, criteria })).toEqual(
            linesOf(all),
          );
          expect(await denied.count({ range, criteria })).toEqual(
            exactLines(
              calls
                .filter(({ cause }) => isVisible(columnsOf(cause)))
                .filter(({ time }) => time >= from && time < to).length,
            ),
          );
          // Of many, the newest are counted.
          const some = await countByHour(knex, {
            range,
            ofCauses: query =>
              query.where(nested => whereCriteria(nested, criteria)),
            most: limit,
          });
          const exact = linesOf(all).count;
          expect(some.count).toBeLessThanOrEqual(exact);
          expect(some.isAtLeast || some.count === exact).toBe(true);

          const ofCalls = addedUp(
            calls
              .filter(({ cause }) => isVisible(columnsOf(cause)))
              .filter(({ time }) => time >= from && time < to)
              .filter(({ isSought }) => isSought)
              .map(({ cause, time }) => ({
                id: `cause-${cause}`,
                count: 1,
                first: time,
                last: time,
              })),
          );
          const filtered = { range, criteria, filter: sought };
          const anew = await denied.causes(filtered);
          expect(anew.map(seen)).toEqual(ofCalls);
          expect(await denied.countOfCauses(filtered)).toEqual(linesOf(anew));
          expect(await denied.count(filtered)).toEqual(linesOf(anew));
          expect(await pagesOf({ ...filtered, limit })).toEqual(anew);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('have any words that are sought, whatever letters are in them', async () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'B', 'é', 'É', '/', '%'),
      minLength: 1,
      maxLength: 3,
    });
    // SQLite and PostgreSQL both know the letters A to Z alone.
    const lower = (text: string) =>
      text.replace(/[A-Z]/g, letter => letter.toLowerCase());
    const range = { from: start, to: start + HOUR };
    const denied = DatabaseDeniedRequestStore.create({ knex });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, word, word, word, word, word), {
          maxLength: 5,
        }),
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.constantFrom<string[][]>([], ['a'], ['a', 'B']),
        fc.boolean(),
        async (parts, texts, named, isPast) => {
          const rows = parts.map((part, index) => ({
            ...columnsOf(index),
            caller_id: part[0],
            caller_account_id: part[1],
            service_arn: part[2],
            method: part[3],
            path_shape: part[4],
            source_vpc_id: part[5],
            bucket: start,
            count: 1,
            first_seen: start,
            last_seen: start + index,
            example_id: `call-${index}`,
          }));
          await store(knex, []);
          const later = { ...columnsOf(99), cause_id: 'later' };
          await addCauses(knex, [
            ...rows,
            ...(isPast
              ? [
                  {
                    ...later,
                    bucket: start + HOUR,
                    count: 1,
                    first_seen: start + HOUR,
                    last_seen: start + HOUR,
                    example_id: 'later',
                  },
                ]
              : []),
          ]);
          const ids = rows
            .filter((row, index) =>
              texts.every(
                (text, at) =>
                  parts[index].some(part =>
                    lower(part).includes(lower(text)),
                  ) ||
                  (at === 0 && named.includes(row.service_arn)),
              ),
            )
            .map(row => row.cause_id)
            .reverse();
          const words = texts.map((text, at) => ({
            text,
            serviceArns: at === 0 ? named : [],
          }));
          const filter = { words };
          const causes = await denied.causes({ range, filter });
          expect(causes.map(({ id }) => id)).toEqual(ids);
          expect(await denied.countOfCauses({ range, filter })).toEqual(
            exactLines(ids.length),
          );
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);

  it('have the words that are sought', async () => {
    const calls = [0, 1, 2].map(cause => ({
      cause,
      time: start + cause,
      isSought: false,
    }));
    await store(knex, calls);
    const denied = DatabaseDeniedRequestStore.create({ knex });
    const range = { from: start, to: start + HOUR };
    for (const [words, ids] of [
      [['role/r1'], ['cause-1']],
      [
        ['get', '444455556666'],
        ['cause-2', 'cause-0'],
      ],
      [['get', 'nothing'], []],
      [['%'], []],
      [['_'], []],
    ] as const) {
      const filter = {
        words: words.map(text => ({ text, serviceArns: [] })),
      };
      const causes = await denied.causes({ range, filter });
      expect(causes.map(({ id }) => id)).toEqual(ids);
      const listed = await denied.list({ range, filter, limit: 10 });
      const lines = exactLines(ids.length);
      expect(await denied.count({ range, filter })).toEqual(lines);
      expect(await denied.countOfCauses({ range, filter })).toEqual(lines);
      expect(listed.map(({ causeId }) => causeId)).toEqual(ids);
    }
    const named = { text: 'orders', serviceArns: ['service-2'] };
    const filter = { words: [named] };
    await expect(denied.causes({ range, filter })).resolves.toMatchObject([
      { id: 'cause-2' },
    ]);
  });
});
