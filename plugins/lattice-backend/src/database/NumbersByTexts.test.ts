import fc from 'fast-check';
import { NumbersByTexts } from './NumbersByTexts';

const text = fc.constantFrom('', 'a', 'b', 'ab');
const list = fc.tuple(text, text, text);

describe('NumbersByTexts', () => {
  it('knows the last number of each list', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(list, fc.nat())), given => {
        const numbers = new NumbersByTexts();
        const expected = new Map<string, number>();
        for (const [texts, number] of given) {
          expect(numbers.get(texts)).toBe(expected.get(JSON.stringify(texts)));
          numbers.set(texts, number);
          expected.set(JSON.stringify(texts), number);
          expect(numbers.get(texts)).toBe(number);
          expect(numbers.size).toBe(expected.size);
        }
      }),
    );
  });
});
