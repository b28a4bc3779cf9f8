import fc from 'fast-check';
import { callLine, connectionLine } from '../__testUtils__/lines';
import { CallFactsParser } from './CallFactsParser';
import { parseJson } from './parseJson';
import { callFactFields } from './readCallFacts';

const hostile = fc.oneof(
  fc.constantFrom('-', '', '"', '\\', '\0', '\u007f', '\ud800', 'ü', '\u2028'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.double(),
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

function isCall(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'startTime' in json &&
    !('resourceConfigurationArn' in json)
  );
}

function partOf(json: any): unknown {
  return Object.fromEntries(
    callFactFields.flatMap(name =>
      Object.hasOwn(json, name) ? [[name, json[name]]] : [],
    ),
  );
}

describe('CallFactsParser', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.array(edited, { maxLength: 40 }), texts => {
        const parser = new CallFactsParser();
        parser.parse(callLine(1));
        for (const text of texts) {
          const json = parseJson(text);
          const read = parser.parse(text);
          // Of a call there may be more than the parts that are asked for.
          const expected = isCall(json) ? partOf(json) : json;
          expect(isCall(json) ? partOf(read) : read).toStrictEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads no more than is asked for of lines that are laid out alike', () => {
    const lineOf = (id: number, given: object = {}) =>
      callLine(id, { userAgent: 'client/1.0 "x"', ...given });
    const parser = new CallFactsParser();
    expect(parser.parse(lineOf(1))).toHaveProperty('userAgent');
    const second = parser.parse(lineOf(2));
    expect(second).not.toHaveProperty('userAgent');
    expect(second).toMatchObject({ requestPath: '/orders/2' });
    // Another layout, and the first one again.
    const responseCode = undefined;
    expect(parser.parse(lineOf(3, { responseCode }))).toHaveProperty(
      'userAgent',
    );
    for (const text of [lineOf(4, { responseCode }), lineOf(5)]) {
      expect(parser.parse(text)).not.toHaveProperty('userAgent');
    }
  });

  it('gives up on lines that are all laid out in other ways', () => {
    const parser = new CallFactsParser();
    for (let id = 0; id < 100; id++) {
      parser.parse(callLine(id, { [`field${id}`]: 'x' }));
    }
    for (const id of [1, 2]) {
      expect(parser.parse(callLine(id, { field: 'x' }))).toHaveProperty(
        'field',
      );
    }
  });
});
