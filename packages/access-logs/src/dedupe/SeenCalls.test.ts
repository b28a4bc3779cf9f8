import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { SeenCalls } from './SeenCalls';

const HOUR = 60 * 60 * 1000;

function keysOf(...numbers: number[]): Uint32Array {
  // Neighbours on purpose: they collide in the table.
  return Uint32Array.from(
    numbers.flatMap(number => [number % 3, 0, number, 0]),
  );
}

describe('SeenCalls', () => {
  it('agrees with a plain set, however little memory it has', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            key: fc.nat(300),
            hour: fc.nat(5),
            tag: fc.nat(2),
          }),
          { maxLength: 2000, size: 'max' },
        ),
        fc.constantFrom(0, 4000, 1e9),
        (rows, maxBytes) => {
          const seen = new SeenCalls({ maxBytes });
          const known = new Set<string>();
          try {
            for (const { key, hour, tag } of rows) {
              const call = `${hour} ${key}`;
              let expected = 'new';
              if (known.has(`${call} ${tag}`)) {
                expected = 'duplicate';
              } else if (known.has(call)) {
                expected = 'twin';
              }
              known.add(call).add(`${call} ${tag}`);
              const novelty = seen.add({
                time: hour * HOUR + 1,
                keys: keysOf(key),
                at: 0,
                tag,
              });
              expect(novelty).toBe(expected);
            }
          } finally {
            seen.close();
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('moves hours out of memory, and cleans up', () => {
    const folders = () =>
      readdirSync(tmpdir()).filter(name => name.startsWith('lattice-logs-'));
    const before = new Set(folders());
    const seen = new SeenCalls({ maxBytes: 10_000 });
    for (let hour = 0; hour < 20; hour++) {
      for (let key = 0; key < 100; key++) {
        seen.add({ time: hour * HOUR, keys: keysOf(key), at: 0, tag: 1 });
      }
    }
    expect(seen.spills).toBeGreaterThan(15);
    expect(folders().some(name => !before.has(name))).toBe(true);
    expect(seen.add({ time: 0, keys: keysOf(99), at: 0, tag: 1 })).toBe(
      'duplicate',
    );
    seen.close();
    expect(folders().filter(name => !before.has(name))).toEqual([]);
    expect(existsSync(tmpdir())).toBe(true);
  });
});
