import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { CallField } from '@lattice-portal/access-log-store';
import {
  type FieldCondition,
  parseFieldCondition,
  type RecordField,
  recordFields,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseDeniedRequestStore } from './DatabaseDeniedRequestStore';
import { migrate } from './openDatabase';

const databases = createTestDatabases();
const start = Date.parse('2026-11-22T10:00:00Z');
const range = { from: start, to: start + 3_600_000 };

/** Of the compiler: no field of a record is left out. */
const fields = Object.keys(
  recordFields satisfies Record<CallField, string>,
) as RecordField[];

const base = {
  startTime: '2026-11-22T10:00:00Z',
  timestamp: start,
  serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-orders',
  other: {},
};

/** A record whose every field has a value that tells it from others'. */
function fullRecord(tag: string, size: number): AccessLogRecord {
  const values = fields.map(field => [
    field,
    recordFields[field] === 'number' ? size : `${field} of ${tag}`,
  ]);
  return {
    ...base,
    ...Object.fromEntries(values),
    callerPrincipalTags: { team: `callerPrincipalTags of ${tag}` },
  };
}

async function insert(
  knex: Knex,
  records: Record<string, object>,
  from = start,
) {
  const entries = Object.entries(records);
  await knex('denied_requests').insert(
    entries.map(([id, record], index) => ({
      id,
      start_time: from + index,
      cause_id: id.split('.')[0],
      service_arn: base.serviceArn,
      caller_id: 'anonymous',
      caller_kind: 'anonymous',
      caller_account_id: id.startsWith('mine') ? '111122223333' : '',
      source_vpc_id: '',
      outcome: 'denied-by-service',
      method: 'GET',
      path_shape: '/',
      record: JSON.stringify(record),
    })),
  );
}

describe.each(databaseIds)('fields of denied requests on %s', databaseId => {
  let knex: Knex;
  let denied: DatabaseDeniedRequestStore;

  async function idsOf(...where: (string | FieldCondition)[]) {
    const items = await denied.list({
      range,
      filter: {
        where: where.map(one =>
          typeof one === 'string' ? parseFieldCondition(one) : one,
        ),
      },
      limit: 100,
    });
    return items.map(({ id }) => id).sort();
  }

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    denied = DatabaseDeniedRequestStore.create({ knex });
  });

  afterEach(() => knex('denied_requests').delete());

  async function insertThree(field: RecordField) {
    const { [field]: _, ...without } = fullRecord('none', 0);
    await insert(knex, {
      low: fullRecord('Low', 1.5),
      high: fullRecord('High', 400),
      none: without,
    });
  }

  it.each(fields)('%s is there or not', async field => {
    await insertThree(field);
    await expect(idsOf(`${field}:present`)).resolves.toEqual(['high', 'low']);
    await expect(idsOf(`${field}:absent`)).resolves.toEqual(['none']);
  });

  it.each(fields.filter(field => recordFields[field] === 'number'))(
    '%s is compared as a number',
    async field => {
      await insertThree(field);
      await expect(idsOf(`${field}:equals:1.5`)).resolves.toEqual(['low']);
      await expect(idsOf(`${field}:equals:400`)).resolves.toEqual(['high']);
      await expect(idsOf(`${field}:below:400`)).resolves.toEqual(['low']);
      await expect(idsOf(`${field}:atLeast:1.5`)).resolves.toEqual([
        'high',
        'low',
      ]);
      // As texts, 400 is less than 9.
      await expect(idsOf(`${field}:atLeast:9`)).resolves.toEqual(['high']);
    },
  );

  it.each(fields.filter(field => recordFields[field] === 'text'))(
    '%s is compared as a text',
    async field => {
      await insertThree(field);
      const text =
        field === 'callerPrincipalTags'
          ? '{"team":"callerPrincipalTags of Low"}'
          : `${field} of Low`;
      await expect(idsOf(`${field}:equals:${text}`)).resolves.toEqual(['low']);
      await expect(
        idsOf(`${field}:equals:${text.toUpperCase()}`),
      ).resolves.toEqual([]);
      await expect(idsOf(`${field}:contains:OF h`)).resolves.toEqual(['high']);
    },
  );

  const hostile = [
    "'; drop table denied_requests; --",
    '"}{"\\',
    '%_*?',
    '??:name$1::json',
    'a\0b',
    '\\u0000',
    '\\\\u0000\0\\',
    '\ud83d\ude00 Ä ß İ',
    'tab\tline\r\nend\u2028',
    '\u0001\\\u0001',
  ];

  it.each(hostile)('takes %j for what it is', async value => {
    await insert(knex, {
      it: { ...base, userAgent: value, hostHeader: 'x' },
      around: { ...base, userAgent: `<${value}>` },
      other: { ...base, userAgent: 'curl' },
    });
    const field = 'userAgent';
    await expect(idsOf({ field, operator: 'equals', value })).resolves.toEqual([
      'it',
    ]);
    await expect(
      idsOf({ field, operator: 'contains', value }),
    ).resolves.toEqual(['around', 'it']);
    await expect(
      idsOf({ field, operator: 'equals', value }, 'hostHeader:absent'),
    ).resolves.toEqual([]);
  });

  it('answers whatever else is on record', async () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 2_000; level++) {
      deep = [deep];
    }
    await insert(knex, {
      half: { ...base, userAgent: 'curl\ud800', hostHeader: '\udc00\ud800' },
      deep: { ...base, userAgent: 'curl', other: { deep } },
      named: { ...base, userAgent: 'curl', other: { 'a\0\ud800': '\0' } },
      tags: {
        ...base,
        userAgent: 'curl',
        callerPrincipalTags: { 'a"b': '\0\\' },
      },
    });
    const found = await idsOf('userAgent:contains:curl');
    expect(found).toEqual(expect.arrayContaining(['half', 'named', 'tags']));
    await expect(idsOf('callerPrincipalTags:present')).resolves.toEqual([
      'tags',
    ]);
  });

  it('pages, counts causes, and keeps to what the viewer may see', async () => {
    const records = Array.from({ length: 30 }, (_, index): [string, object] => [
      `${index % 3 ? 'mine' : 'theirs'}.${index}`,
      { ...base, userAgent: index % 2 ? 'curl' : 'wget' },
    ]);
    await insert(knex, Object.fromEntries(records));
    const filter = { where: [parseFieldCondition('userAgent:equals:curl')] };
    const criteria = { serviceArns: [], callerAccountIds: ['111122223333'] };
    const beforeNewer = { from: start, to: start + 1_000 };
    const seen: string[] = [];
    let page = await denied.list({ range, filter, criteria, limit: 3 });
    while (page.length > 0) {
      seen.push(...page.map(({ id }) => id));
      // What comes in meanwhile is newer.
      await insert(
        knex,
        { [`mine.newer${seen.length}`]: { ...base, userAgent: 'curl' } },
        start + 1_000 + seen.length,
      );
      const after = page.at(-1);
      page = await denied.list({ range, filter, criteria, limit: 3, after });
    }
    const expected = records
      .map(([id]) => id)
      .filter((id, index) => id.startsWith('mine') && index % 2)
      .reverse();
    expect(seen).toEqual(expected);

    await expect(
      denied.causes({ range: beforeNewer, filter, criteria }),
    ).resolves.toMatchObject([
      {
        id: 'mine',
        count: expected.length,
        exampleId: expected[0],
        firstSeen: new Date(start + 1).toISOString(),
        lastSeen: new Date(start + 29).toISOString(),
      },
    ]);
    await expect(
      denied.causes({ range: beforeNewer, filter }),
    ).resolves.toMatchObject([
      { id: 'mine', count: 10 },
      { id: 'theirs', count: 5 },
    ]);
  });
});
