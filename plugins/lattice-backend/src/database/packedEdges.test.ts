import fc from 'fast-check';
import { SUMS } from '../ingest/callSums';
import { numbersOfEdges, packEdges, unpackEdges } from './packedEdges';

const edges = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.maxSafeNat(), { minLength: SUMS, maxLength: SUMS }),
    ),
  )
  .map(entries => new Map(entries));

describe('edges of services, packed', () => {
  it('are unpacked, to maps or to numbers in a row', () => {
    fc.assert(
      fc.property(fc.array(edges), services => {
        const texts = services.map(packEdges);
        const maps = texts.map(unpackEdges);
        expect(maps).toEqual(services);
        const inARow = services.flatMap(map => [...map].flat(2));
        expect([...numbersOfEdges(texts)]).toEqual(inARow);
        // As a migration has written them.
        const spaced = texts.map(text => text.replace(/[[\]{}:,]/g, ' $& '));
        expect([...numbersOfEdges(spaced)]).toEqual(inARow);
      }),
    );
  });

  it('are JSON', () => {
    const some = new Map([
      [12, [3, 0, 3_599_999, ...new Array<number>(12).fill(1)]],
      [4, [2 ** 40, 5, 86_399_999, ...new Array<number>(12).fill(0)]],
    ]);
    const text = packEdges(some);
    expect(JSON.parse(text)).toEqual(Object.fromEntries(some));
    expect(unpackEdges(text)).toEqual(some);
    expect(packEdges(new Map())).toBe('{}');
  });
});
