import fc from 'fast-check';
import { cutWindow } from './cutWindow';

const hour = 3_600_000;

describe('cutWindow', () => {
  it('covers the window once, and cuts at whole hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 * hour }),
        fc.integer({ min: 1, max: 800 * hour }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (from, length, parts, shortest) => {
          const to = from + length;
          const cut = cutWindow({ from, to }, { parts, shortest });
          expect(cut[0].from).toBe(from);
          expect(cut.at(-1)!.to).toBe(to);
          expect(cut.length).toBeLessThanOrEqual(parts + 1);
          expect(cut.every(part => part.from < part.to)).toBe(true);
          for (const part of cut.slice(1, -1)) {
            expect(part.to - part.from).toBeGreaterThanOrEqual(shortest * hour);
          }
          const starts = cut.slice(1).map(part => part.from);
          expect(starts).toEqual(cut.slice(0, -1).map(part => part.to));
          expect(starts.every(time => time % hour === 0)).toBe(true);
        },
      ),
    );
  });
});
