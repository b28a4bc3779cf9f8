import fc from 'fast-check';
import { GOES_ON, IS_BROKEN, ObjectScan } from './ObjectScan';

function scanned(texts: readonly string[]): number {
  const scan = new ObjectScan();
  scan.begin();
  const bytes = Buffer.from(texts.join(''));
  let at = 0;
  for (const text of texts) {
    const stop = at + Buffer.byteLength(text);
    const end = scan.scan(bytes, at, stop);
    if (end !== GOES_ON) {
      return end;
    }
    at = stop;
  }
  return GOES_ON;
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return text.startsWith('{');
  } catch {
    return false;
  }
}

describe('ObjectScan', () => {
  it('finds where an object ends, whatever pieces it comes in', () => {
    const space = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(
        fc.object({ withUnicodeString: true } as object),
        space,
        fc.string(),
        fc.nat(),
        (json, indent, rest, cut) => {
          const text = JSON.stringify(json, undefined, indent);
          const at = cut % text.length;
          const end = Buffer.byteLength(text);
          expect(scanned([text + rest])).toBe(end);
          expect(scanned([text.slice(0, at), text.slice(at), rest])).toBe(end);
          expect(scanned([text.slice(0, at)])).toBe(GOES_ON);
        },
      ),
    );
  });

  it('takes for broken only what is no JSON', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\t', '1', '-', '.5'],
      ...['true', 'null', '"a"', '"a":', '\u0001', 'ü', '\u00a0'],
    );
    fc.assert(
      fc.property(fc.array(pieces), texts => {
        const text = `{${texts.join('')}`;
        const end = scanned([text]);
        expect(end).toBe(
          isObject(text) ? Buffer.byteLength(text.trimEnd()) : end,
        );
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['a record within a text', '{"a":"b{"startTime"', 10],
    ['another object', '{"a":1{', 7],
    ['two values', '{"a":1 1', 8],
    ['no colon', '{"a"}', 5],
    ['no value', '{"a":}', 6],
    ['no name', '{1', 2],
    ['a comma too many', '{"a":1,}', 8],
    ['a comma too many in a list', '{"a":[1,]', 9],
    ['a brace for a bracket', '{"a":[1}', 8],
    ['a bracket for a brace', '{"a":{]', 7],
    ['a control character', '{"a\u0001', 4],
    ['something else', '{"a":x', 6],
  ])('sees at once that it is broken: %s', (_, text, at) => {
    expect(scanned([text.slice(0, at - 1)])).toBe(GOES_ON);
    expect(scanned([text.slice(0, at)])).toBe(IS_BROKEN);
  });
});
