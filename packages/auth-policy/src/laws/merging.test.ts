import fc from 'fast-check';
import { check } from '../__testUtils__/check';
import { anyStatement } from '../__testUtils__/arbitraries/anyStatement';
import { runs, slowRuns, timeout } from '../__testUtils__/runs';
import { MergeOptions, merge } from '../merge/merge';
import { parsePolicy } from '../parse/parsePolicy';

jest.setTimeout(timeout);

const owns = (sid: string) => sid.startsWith('Ours');

/** A statement as the text that it is in a document. */
interface OwnedText {
  sid: string;
  text: string;
}

const space = fc.constantFrom('', ' ', '\n  ', '\t');
// Odd on purpose: white space, escapes, numbers that JSON.parse would reprint.
const oddForeign = fc
  .record({
    sid: fc.constantFrom(undefined, 'A', 'B', '__proto__', 'x"y'),
    gap: space,
    port: fc.constantFrom('443', '443.0', '4.43e2', '"443"'),
    effect: fc.constantFrom('"Allow"', '"D\\u0065ny"'),
  })
  .map(
    ({ sid, gap, port, effect }) =>
      `{${gap}"10":1,${
        sid === undefined ? '' : `"Sid":${gap}${JSON.stringify(sid)},`
      }"Effect":${effect}${gap},"Condition":{"NumericEquals":{"vpc-lattice-svcs:Port":${port}}}${gap}}`,
  );
const validForeign = fc
  .tuple(anyStatement.resource, fc.constantFrom('', ' ', '\t'))
  .map(([statement, gap]) => JSON.stringify(statement, undefined, gap));
const foreign = fc.array(fc.oneof(oddForeign, validForeign), { maxLength: 4 });

const owned = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('Ours1', 'Ours2', 'Ours3'),
      fc.constantFrom('GET', 'PUT'),
    )
    .map(
      ([sid, method]): OwnedText => ({
        sid,
        text: `{"Sid":"${sid}","Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"vpc-lattice-svcs:RequestMethod":"${method}"}}}`,
      }),
    ),
  { selector: ({ sid }) => sid, maxLength: 3 },
);

const change = fc.record({
  /** What others had when the change was made, and what they have now. */
  then: foreign,
  now: foreign,
  before: owned,
  wanted: owned,
  /** Ours as they stand now; mostly nobody touched them. */
  touched: fc.option(owned, { nil: undefined, freq: 2 }),
  gap: space,
});

/** A document with these statements. */
function write(statements: string[], gap = ''): string {
  return `{"Version":"2012-10-17","Statement":[${gap}${statements.join(',')}]}`;
}

const textsOf = (statements: OwnedText[]) => statements.map(({ text }) => text);

/** What is left of a text after others stand in it, in their order. */
function afterAll(text: string, parts: string[]): string | undefined {
  return parts.reduce<string | undefined>((rest, part) => {
    const place = rest?.indexOf(part) ?? -1;
    return place < 0 ? undefined : rest!.slice(place + part.length);
  }, text);
}

describe('merging', () => {
  it('keeps every foreign statement byte for byte, and ends where ours wants', () => {
    fc.assert(
      fc.property(change, ({ then, now, before, wanted, touched, gap }) => {
        const options: MergeOptions = {
          base: write([...then, ...textsOf(before)], gap),
          ours: write([...then, ...textsOf(wanted)], gap),
          theirs: write([...now, ...textsOf(touched ?? before)], gap),
          owns,
        };
        const result = merge(options);
        if (!result.ok) {
          check(
            touched !== undefined &&
              result.conflicts.every(({ kind }) => kind === 'both-changed'),
            () => `a conflict that there is not: ${JSON.stringify(result)}`,
          );
          return;
        }
        const { text } = result;
        check(
          afterAll(text, now) !== undefined,
          () => `a foreign statement changed: ${text}`,
        );
        for (const each of wanted) {
          const isMoved = before.every(other => other.text !== each.text);
          check(
            !isMoved || text.includes(each.text),
            () => `${each.sid} is not as wanted: ${text}`,
          );
        }
        check(
          JSON.parse(text).Statement.length >= now.length,
          () => `statements are lost: ${text}`,
        );
        const again = merge({ ...options, theirs: text });
        check(
          again.ok && again.text === text && again.changes.length === 0,
          () =>
            `a second merge finds something to do: ${JSON.stringify(again)}`,
        );
      }),
      runs,
    );
  });

  it('gives a valid policy if it merges valid ones', () => {
    const valid = fc.array(validForeign, { maxLength: 3 });
    fc.assert(
      fc.property(valid, owned, owned, (others, before, wanted) => {
        const result = merge({
          base: write([...others, ...textsOf(before)]),
          ours: write([...others, ...textsOf(wanted)]),
          theirs: write([...others, ...textsOf(before)]),
          owns,
        });
        check(
          result.ok && parsePolicy(result.text).ok,
          () => `not valid: ${JSON.stringify(result)}`,
        );
        const sids: string[] = JSON.parse(result.ok ? result.text : '')
          .Statement.map(({ Sid }: { Sid?: string }) => Sid)
          .filter(Boolean);
        check(
          sids.sort().join() ===
            wanted
              .map(({ sid }) => sid)
              .sort()
              .join(),
          () => `other statements than wanted: ${sids}`,
        );
      }),
      slowRuns,
    );
  });
});
