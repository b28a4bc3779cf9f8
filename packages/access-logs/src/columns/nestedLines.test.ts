import {
  callLine,
  connectionLine,
  deniedLine,
  nestedLine,
} from '../__testUtils__/lines';
import { jsonTextOf } from '../parse/jsonTextOf';
import { parseAccessLogLine } from '../parse/parseAccessLogLine';
import { unwrapLine } from '../scan/unwrapLine';
import { columnsOf } from './columnsOf';
import { readColumns } from './readColumns';
import { type RecordColumns, recordKinds } from './RecordColumns';
import { textAt } from './recordAt';

const TOO_DEEP = 'it has objects or lists more than 64 levels deep';

/** What a batch of log events looks like; written by hand, as the event may be too deep to be written. */
function batchOf(...events: string[]): string {
  return `{"messageType":"DATA_MESSAGE","logGroup":"/g","logEvents":[${events.join()}]}`;
}

function eventOf(message: string): string {
  return JSON.stringify({ id: '1', timestamp: 1, message });
}

function linesOf(columns: RecordColumns) {
  return Array.from({ length: columns.size }, (_, at) => ({
    kind: recordKinds[columns.kinds[at]],
    text: textAt(columns, at),
    reason: columns.asides.find(aside => aside.at === at)?.reason,
  }));
}

async function readObject(text: string): Promise<RecordColumns> {
  const reading = readColumns({
    async *open() {
      yield Buffer.from(text);
    },
    object: { id: 'object', deliveredAt: 0, place: 'here' },
  });
  const { value } = await reading.next();
  return (value as { columns: RecordColumns }).columns;
}

// Each beside lines that are laid out alike, and so are read by their bytes.
describe.each([
  ['a call', callLine, 'call'],
  ['a denied call', deniedLine, 'call'],
  ['a connection', connectionLine, 'connection'],
] as const)('%s that is nested', (_, lineOf, kind) => {
  it.each([
    [10, true],
    [60, true],
    [5_000, false],
    [200_000, false],
  ])('%d levels deep is read: %s', async (levels, isRead) => {
    const nested = nestedLine(lineOf(2), levels);
    const texts = [lineOf(1), nested, lineOf(3), nestedLine(lineOf(4), 1)];
    const expected = texts.map(text =>
      text === nested && !isRead
        ? { kind: 'unparsed', text, reason: TOO_DEEP }
        : { kind, text, reason: undefined },
    );
    const given = texts.map((text, at) => ({
      id: `${at}`,
      text,
      timestamp: 0,
    }));
    expect(linesOf(columnsOf(given))).toEqual(expected);
    expect(linesOf(await readObject(texts.join('\n')))).toEqual(expected);
    const parsed = parseAccessLogLine(nested);
    expect(parsed.ok ? undefined : parsed.reason).toBe(
      isRead ? undefined : TOO_DEEP,
    );
    const wrapped = [
      nested,
      `2026-11-22T10:00:01.123Z ${nested}`,
      eventOf(nested),
      `{"@message":${nested}}`,
      batchOf(nested),
      batchOf(eventOf(nested)),
      `{"events":[{"message":${nested}}]}`,
    ];
    for (const text of wrapped) {
      const [line, other] = linesOf(await readObject(text));
      expect(other).toBeUndefined();
      // An event is refused as it stands there: it is as deep as what is in it.
      const own = text.includes('"events"') && !isRead ? /^{"message"/ : nested;
      expect(line.text).toMatch(own);
      expect(line.kind).toBe(isRead ? kind : 'unparsed');
      expect(line.reason).toBe(isRead ? undefined : TOO_DEEP);
    }
  });
});

it.each([10, 5_000, 200_000])(
  'keeps aside batches within batches, %d of them',
  levels => {
    const opening = '{"logEvents":[';
    const line = `${opening.repeat(levels)}${callLine(1)}${']}'.repeat(
      levels,
    )}`;
    const pieces = unwrapLine(line);
    expect(pieces).toHaveLength(1);
    expect(pieces[0].text.length).toBe(
      levels === 10
        ? callLine(1).length
        : line.length - opening.length - ']}'.length,
    );
  },
);

it('reads the other events beside one that is nested too deep', async () => {
  const nested = nestedLine(callLine(2), 5_000);
  const columns = await readObject(
    batchOf(eventOf(callLine(1)), nested, eventOf(callLine(3))),
  );
  expect(linesOf(columns).map(({ kind }) => kind)).toEqual([
    'call',
    'unparsed',
    'call',
  ]);
});

it.each([
  [64, true],
  [65, false],
])('takes a record that is %d levels deep: %s', (levels, isTaken) => {
  const parsed = parseAccessLogLine(nestedLine(callLine(1), levels));
  expect(parsed.ok).toBe(isTaken);
});

it('writes JSON as it is written elsewhere, however deep', () => {
  const flat = '{"a":[1,"\\"",null,{}],"b":{"c":[],"":true}}';
  expect(jsonTextOf(JSON.parse(flat))).toBe(flat);
  const deep = `${'{"a":[0,'.repeat(5_000)}${flat}${']}'.repeat(5_000)}`;
  expect(jsonTextOf(JSON.parse(deep))).toBe(deep);
});
