import fc from 'fast-check';
import { callLine, connectionLine } from '../__testUtils__/lines';
import { classify, outcomeOf } from '../classify/classify';
import { callIdentity } from '../fold/callKey';
import { CallFactsReader } from './CallFactsReader';
import type { LineBytes } from './LineBytes';
import { parseAccessLogLine } from './parseAccessLogLine';
import { parseJson } from './parseJson';
import { type CallFacts, callFactFields } from './readCallFacts';
import type { ScannedFacts } from './ScannedFacts';

const hostile = fc.oneof(
  fc.constantFrom('-', '', '"', '\\', '\0', '\u007f', '\ud800', 'ü', '\u2028'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.double(),
  // Some begin as others do.
  fc.nat(120),
  fc.constantFrom(null, true, -0, 1e21, [], [1], {}, { team: 'a' }),
  fc.constant({ a: { b: '}' } }),
);
const fields = fc.dictionary(
  fc.constantFrom(
    ...callFactFields,
    'callerPrincipalTags',
    'userAgent',
    'resourceConfigurationArn',
    '__proto__',
    '1',
    'a"b',
  ),
  hostile,
  { maxKeys: 3, noNullPrototype: true },
);
const line = fc.oneof(
  fc.tuple(fc.nat(50), fields).map(([id, given]) => callLine(id, given)),
  fc.nat(50).map(connectionLine),
);
/** What makes other JSON of a text, or none. */
const piece = fc.constantFrom(
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '-', '0', '1', '.', 'e', '+'],
  ...[' ', '\t', '\n', '\0', '\u00a0', '\ufeff', 'ü', '\u007f', '\\u00', '\\x'],
  ...['null', 'tru', '"startTime":1,', '"-"', '01', '""', '//'],
);
const edited = fc
  .tuple(
    line,
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.option(piece)), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((before, [at, length, insert]) => {
      const start = at % (before.length + 1);
      return `${before.slice(0, start)}${insert ?? ''}${before.slice(
        start + length,
      )}`;
    }, text),
  );

function bytesOf(text: string): LineBytes {
  // Somewhere in the middle, as lines mostly are.
  const bytes = Buffer.from(`{"a":1}\n${text}\n{"b":2}\n`);
  const start = 8;
  return { bytes, start, stop: start + Buffer.byteLength(text) };
}

/** All that a reader says of a line; it is told what it can't read. */
function read(reader: CallFactsReader, text: string) {
  const facts = reader.read(bytesOf(text));
  if (!facts) {
    reader.learn(text, parseJson(text));
    return undefined;
  }
  return saidBy(facts);
}

/** The same of many lines, as they stand in a text. */
function readAll(reader: CallFactsReader, texts: readonly string[]) {
  const bytes = Buffer.from(texts.map(text => `${text}\n`).join(''));
  const stop = bytes.length;
  const found: (ReturnType<typeof read> & { text: string })[] = [];
  const others: string[] = [];
  let start = 0;
  const take = (facts: ScannedFacts, next: number) => {
    const { bytes: all, start: from, stop: to } = facts.line;
    const text = all.toString('utf8', from, to);
    expect(bytes.toString('utf8', start, next)).toBe(`${text}\n`);
    start = next;
    found.push({ ...saidBy(facts), text });
  };
  while (start < stop) {
    start = reader.readLines({ bytes, start, stop }, take);
    if (start < stop) {
      const end = bytes.indexOf('\n', start);
      const other = bytes.toString('utf8', start, end);
      reader.learn(other, parseJson(other));
      others.push(other);
      start = end + 1;
    }
  }
  return { found, others };
}

function saidBy(facts: ScannedFacts) {
  const { identity } = facts;
  return {
    facts: valuesOf(facts),
    outcome: outcomeOf(facts),
    identity:
      typeof identity === 'string'
        ? identity
        : Buffer.from(identity).toString(),
  };
}

function valuesOf(facts: CallFacts): Record<string, unknown> {
  return Object.fromEntries(
    [...callFactFields, 'timestamp', 'requestQuery'].map(name => [
      name,
      facts[name as keyof CallFacts],
    ]),
  );
}

/** What the JSON says. Undefined: it is no call that can be read. */
function expectedOf(text: string) {
  const parsed = parseAccessLogLine(text);
  return parsed.ok && parsed.kind === 'service'
    ? {
        facts: valuesOf(parsed.record),
        outcome: classify(parsed.record),
        identity: callIdentity(parsed.record),
      }
    : undefined;
}

describe('CallFactsReader', () => {
  it('says what the JSON says, or nothing', () => {
    fc.assert(
      fc.property(fc.array(edited, { maxLength: 40 }), texts => {
        const reader = new CallFactsReader();
        read(reader, callLine(1));
        for (const text of texts) {
          const found = read(reader, text);
          expect([undefined, expectedOf(text)]).toContainEqual(found);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same of lines that stand in one text', () => {
    fc.assert(
      fc.property(fc.array(edited, { maxLength: 60 }), texts => {
        const lines = texts.flatMap(text => text.split('\n'));
        const reader = new CallFactsReader();
        read(reader, callLine(1));
        const { found, others } = readAll(reader, lines);
        const wholeOf = (text: string) => Buffer.from(text).toString();
        expect([...found.map(({ text }) => text), ...others].sort()).toEqual(
          lines.map(wholeOf).sort(),
        );
        for (const { text, ...said } of found) {
          expect(said).toStrictEqual(expectedOf(text));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads all lines of a long text, and of one whose every second line is read elsewhere', () => {
    const ids = Array.from({ length: 6000 }, (_, id) => id);
    const others = ['', '{}', connectionLine(1), callLine(1, { startTime: 1 })];
    for (const isMixed of [false, true]) {
      const reader = new CallFactsReader();
      read(reader, callLine(1, { duration: 1 }));
      const lines = ids.map(id =>
        callLine(id, { duration: id, responseCode: [2, 20, 200, 20][id % 4] }),
      );
      const { found } = readAll(
        reader,
        lines.flatMap((text, at) =>
          isMixed ? [text, others[at % others.length]] : [text],
        ),
      );
      expect(found.map(({ text }) => text)).toEqual(lines);
      for (const { text, ...said } of found.slice(-200)) {
        expect(said).toStrictEqual(expectedOf(text));
      }
    }
  });

  it('reads no line that does not end, or is longer than it can hold', () => {
    const reader = new CallFactsReader();
    read(reader, callLine(1));
    const take = jest.fn();
    const userAgent = 'x'.repeat(70_000);
    for (const text of [
      callLine(2),
      `${callLine(2, { userAgent })}\n`,
      `${callLine(2, { userAgent: userAgent.repeat(20) })}\n`,
    ]) {
      const bytes = Buffer.from(text);
      const lines = { bytes, start: 0, stop: bytes.length };
      expect(reader.readLines(lines, take)).toBe(0);
    }
    expect(take).not.toHaveBeenCalled();
  });

  it.each<[string, object]>([
    ['nothing else', {}],
    ['a path with a query', { requestPath: '/a?b=c?d' }],
    ['a path with a prefix', { requestPath: 'LatticePath?:/a' }],
    ['no path', { requestPath: '-' }],
    ['no request id', { requestId: 'null', bytesSent: 1, duration: 2.5 }],
    [
      'counts as texts',
      { bytesSent: '12', duration: '034', responseCode: '-' },
    ],
    ['large numbers', { bytesSent: 2 ** 40, bytesReceived: 1e21, duration: 0 }],
    ['fields that are skipped', { userAgent: '"\\\u0001', tags: { a: 'b' } }],
    ['other types', { userAgent: null, tags: true, requestMethod: 1 }],
    ['a denial', { authDeniedReason: ' network ' }],
    ['spaces', { requestId: ' -', sourceIpPort: '    \u007f' }],
  ])('reads lines that are laid out alike: with %s', (_, given) => {
    const reader = new CallFactsReader();
    expect(read(reader, callLine(1, given))).toBeUndefined();
    for (const id of [1, 2, 3]) {
      const text = callLine(id, given);
      expect(read(reader, text)).toStrictEqual(expectedOf(text));
      expect(expectedOf(text)).toBeDefined();
    }
  });

  it.each(
    [
      ...[
        '0',
        '-0',
        '00',
        '01',
        '-01',
        '-',
        '+1',
        '1.',
        '.5',
        '1.5',
        '-1.05e30',
      ],
      ...['1e', '1e+', '1e5', '1E-2', '1.e1', '0.', '0e0', '0x1', '1 ', '1_0'],
      ...['true', 'tru', 'truex', 'false', 'falsy', 'null', 'nul', 'NaN', ''],
      ...[
        '{}',
        '{"a":1}',
        '{"a":01}',
        '{"a":1,}',
        '{"a"}',
        '{"a":{}}',
        '{a:1}',
      ],
      ...[
        '{"a":"\\n","b":null}',
        '{"a":"\\x"}',
        '{"a":1 }',
        '[]',
        '[1]',
        '"a"',
      ],
      ...[
        '"\\u00e9"',
        '"\\u00e"',
        '"\\u00eg"',
        '"\\x"',
        '"\\""',
        '"\\\\"',
        '"\\"',
      ],
      ...['"\t"', '"é"', '"\u007f"', '"a', '""', '"-"', '"null"'],
    ].flatMap(value =>
      ['skipped', 'duration', 'failureReason'].map(name => [value, name]),
    ),
  )('reads %j as %s where it is JSON', (value, name) => {
    for (const before of ['1', '"-"']) {
      const lineOf = (text: string) =>
        callLine(1, { [name]: 'VALUE' }).replace('"VALUE"', text);
      const reader = new CallFactsReader();
      read(reader, lineOf(before));
      expect([undefined, expectedOf(lineOf(value))]).toContainEqual(
        read(reader, lineOf(value)),
      );
    }
  });

  it('reads two layouts by turns, and one of many other readers', () => {
    const readers = [new CallFactsReader(), new CallFactsReader()];
    const lineOf = (id: number) =>
      callLine(id, id % 2 === 0 ? {} : { responseCode: undefined, a: id });
    for (const reader of readers) {
      read(reader, lineOf(0));
      read(reader, lineOf(1));
    }
    for (let id = 2; id < 20; id++) {
      const text = lineOf(id);
      expect(read(readers[id % 3 === 0 ? 0 : 1], text)).toStrictEqual(
        expectedOf(text),
      );
    }
  });

  it('keeps other layouts where lines of one can not be read', () => {
    const reader = new CallFactsReader();
    read(reader, callLine(1));
    read(reader, callLine(1, { responseCode: undefined }));
    for (let id = 2; id < 10; id++) {
      expect(read(reader, callLine(id, { requestPath: '/"' }))).toBeUndefined();
    }
    for (const given of [{}, { responseCode: undefined }]) {
      const text = callLine(10, given);
      expect(read(reader, text)).toStrictEqual(expectedOf(text));
    }
  });

  it('reads on where there are more values than it numbers', () => {
    const reader = new CallFactsReader();
    const lineOf = (id: number) =>
      callLine(id % 100, { resolvedUser: `user-${id}`.padEnd(300, '.') });
    read(reader, lineOf(0));
    for (let id = 0; id < 40_000; id++) {
      const facts = reader.read(bytesOf(lineOf(id)));
      expect(facts?.resolvedUser?.slice(0, 12)).toBe(
        `user-${id}`.padEnd(300, '.').slice(0, 12),
      );
    }
  });

  it('gives up on lines that are all laid out in other ways', () => {
    const reader = new CallFactsReader();
    for (let id = 0; id < 100; id++) {
      read(reader, callLine(id, { [`field${id}`]: 'x' }));
    }
    for (const id of [1, 2]) {
      expect(read(reader, callLine(id, { field: 'x' }))).toBeUndefined();
    }
  });
});
