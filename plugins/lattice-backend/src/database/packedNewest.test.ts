import fc from 'fast-check';
import {
  type NewestOfEdge,
  packNewest,
  unpackNewest,
  unpackNews,
} from './packedNewest';

const newest: fc.Arbitrary<NewestOfEdge> = fc.record({
  lastSeen: fc.integer({ min: 0, max: 3 }),
  deniedRequestId: fc.constantFrom(undefined, 'a', ']', '"],"', '\\"],\\"'),
});
const calls = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), newest))
  .map(entries => new Map(entries));

describe('what is newest of edges, packed', () => {
  it('is unpacked, all of it or what is new', () => {
    fc.assert(
      fc.property(calls, calls, (before, now) => {
        const text = packNewest(now);
        expect(unpackNewest(text)).toEqual(now);
        expect(unpackNews(text)).toEqual(now);
        const isNews = ([number, call]: [number, NewestOfEdge]) =>
          JSON.stringify(call) !== JSON.stringify(before.get(number));
        expect(unpackNews(text, packNewest(before))).toEqual(
          new Map([...now].filter(isNews)),
        );
      }),
    );
  });

  it('is unpacked as a migration has written it', () => {
    const packed = '{"1":[5],"2":[7,"a"]}';
    const spaced = '{ "1" : [5], "2" : [7, "a"] }';
    expect(unpackNews(spaced, packed)).toEqual(unpackNewest(packed));
    expect(unpackNews(packed, spaced)).toEqual(unpackNewest(packed));
  });

  it('is JSON', () => {
    const some = new Map([
      [7, { lastSeen: 1_795_319_311_000, deniedRequestId: 'd995' }],
      [5, { lastSeen: -1, deniedRequestId: undefined }],
    ]);
    const text = packNewest(some);
    expect(JSON.parse(text)).toEqual({
      5: [-1],
      7: [1_795_319_311_000, 'd995'],
    });
    expect(unpackNewest(text)).toEqual(some);
    expect(packNewest(new Map())).toBe('{}');
  });
});
