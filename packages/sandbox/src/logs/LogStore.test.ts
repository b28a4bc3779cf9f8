import { appendFileSync, mkdtempSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { compileFilterPattern } from './filterPattern';
import { LogStore } from './LogStore';

const logGroupArn = 'arn:aws:logs:us-east-1:223344556677:log-group:/a/b';
const noon = Date.parse('2026-06-15T12:00:00Z');
const HOUR = 3_600_000;

function put(store: LogStore, timestamps: number[], logStreamName = 'one') {
  store.put({
    logGroupArn,
    logStreamName,
    ingestionTime: noon,
    events: timestamps.map(timestamp => ({
      timestamp,
      message: `at ${timestamp - noon}`,
    })),
  });
}

function messages(store: LogStore, options: object = {}, limit = 1000) {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = store.filter({ logGroupArn, limit, nextToken, ...options });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    found.push(...page.events.map(event => event.message));
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}

describe('LogStore', () => {
  it('gives events in time order, whatever order they came in', async () => {
    const store = await LogStore.open({});
    put(store, [noon + 5, noon - HOUR, noon + 1]);
    put(store, [noon + 3], 'two');
    const all = ['at -3600000', 'at 1', 'at 3', 'at 5'];
    expect(messages(store)).toEqual(all);
    for (const limit of [1, 2, 3]) {
      expect(messages(store, {}, limit)).toEqual(all);
    }
    expect(messages(store, { startTime: noon + 1, endTime: noon + 3 })).toEqual(
      ['at 1', 'at 3'],
    );
    expect(messages(store, { logStreamNames: ['two'] })).toEqual(['at 3']);
    expect(messages(store, { logStreamNamePrefix: 'o' })).toHaveLength(3);
    expect(messages(store, { filterPattern: '"at 5"' })).toEqual(['at 5']);
  });

  it('pages through equal timestamps without loss', async () => {
    const store = await LogStore.open({});
    put(store, Array(25).fill(noon));
    expect(messages(store, {}, 4)).toHaveLength(25);
  });

  it('keeps everything over restarts, but not half a line', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'logs-'));
    const first = await LogStore.open({ directory });
    // More hours than stay in memory.
    put(
      first,
      Array.from({ length: 8 }, (_, index) => noon - index * HOUR),
    );
    const ids = first
      .filter({ logGroupArn, limit: 100 })
      .events.map(event => event.eventId);
    const group = join(directory, readdirSync(directory)[0]);
    for (const name of readdirSync(group)) {
      appendFileSync(join(group, name), '{"eventId":"1","timest');
    }
    const second = await LogStore.open({ directory });
    put(second, [noon + 1]);
    const events = second.filter({ logGroupArn, limit: 100 }).events;
    expect(events.slice(0, -1).map(event => event.eventId)).toEqual(ids);
    expect(new Set(events.map(event => event.eventId)).size).toBe(9);
    expect(second.streams(logGroupArn)).toMatchObject([
      {
        logStreamName: 'one',
        firstEventTimestamp: noon - 7 * HOUR,
        lastEventTimestamp: noon + 1,
      },
    ]);
    second.dropOlderThan(noon - 2 * HOUR);
    const third = await LogStore.open({ directory });
    expect(messages(third)).toHaveLength(4);
    third.deleteGroup(logGroupArn);
    expect(messages(await LogStore.open({ directory }))).toEqual([]);
  });
});

describe('compileFilterPattern', () => {
  const denied = JSON.stringify({
    responseCode: 403,
    authDeniedReason: 'Service',
    requestPath: '/orders/1',
    nested: { list: [1, null], flag: true },
  });

  it.each([
    ['', denied, true],
    ['403', denied, true],
    ['403 Network', denied, false],
    ['403 -Service', denied, false],
    ['?Network ?Service', denied, true],
    ['"\\"authDeniedReason\\":\\"Service\\""', denied, true],
    ['{ $.responseCode = 403 }', denied, true],
    ['{ $.responseCode = 4* }', denied, true],
    ['{ $.responseCode >= 500 }', denied, false],
    ['{$.responseCode=403&&$.authDeniedReason="Network"}', denied, false],
    [
      '{ ($.responseCode < 400) || ($.requestPath = "/orders/*") }',
      denied,
      true,
    ],
    ['{ $.authDeniedReason != "Service" }', denied, false],
    ['{ $.other != "Service" }', denied, false],
    ['{ $.other NOT EXISTS }', denied, true],
    ['{ $.nested.list[0] = 1 }', denied, true],
    ['{ $.nested.list[1] IS NULL }', denied, true],
    ['{ $.nested.flag IS TRUE }', denied, true],
    ['{ $.responseCode = 403 }', 'no JSON 403', false],
  ])('%s', (pattern, message, expected) => {
    expect(compileFilterPattern(pattern)(message)).toBe(expected);
  });

  it.each(['{ $.a = }', '{ a = 1 }', '{ $.a = 1', '[a, b]', '{ $.a ~ 1 }'])(
    'refuses %s',
    pattern => {
      expect(() => compileFilterPattern(pattern)).toThrow(/pattern/);
    },
  );
});
