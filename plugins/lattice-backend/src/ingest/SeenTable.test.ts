import fc from 'fast-check';
import { Novelty, SeenTable } from './SeenTable';

/** Few, and with the highest bit or without. */
const word = fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1);

const line = fc.record({
  key: fc.tuple(word, word, word, word),
  lineId: fc.tuple(word, word),
  sourceNumber: fc.integer({ min: 1, max: 2 }),
  log: word,
});

type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;

function noveltyOf(before: readonly Line[], added: Line): Novelty {
  const ofCall = before.filter(({ key }) => `${key}` === `${added.key}`);
  const ofSource = ofCall.filter(
    ({ sourceNumber }) => sourceNumber === added.sourceNumber,
  );
  if (ofSource.some(({ lineId }) => `${lineId}` === `${added.lineId}`)) {
    return Novelty.Known;
  }
  if (ofSource.some(({ log }) => log === added.log)) {
    return Novelty.Duplicate;
  }
  return ofCall.length > 0 ? Novelty.Twin : Novelty.New;
}

describe('SeenTable', () => {
  it('says what lines are to those before them, whatever numbers they have', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 300 }),
        fc.nat({ max: 300 }),
        (lines, expected) => {
          const table = new SeenTable(expected);
          const known: Line[] = [];
          for (const added of lines) {
            const { key, lineId, sourceNumber, log } = added;
            const novelty = table.add({
              keys: Uint32Array.from(key),
              lineIds: Uint32Array.from(lineId),
              at: 0,
              sourceNumber,
              log,
            });
            expect(novelty).toBe(noveltyOf(known, added));
            if (novelty !== Novelty.Known) {
              known.push(added);
            }
          }
          expect(table.size).toBe(known.length);
        },
      ),
    );
  });
});
