import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { callLine } from '../__testUtils__/lines';
import {
  type AccessLogPiece,
  readAccessLogObject,
} from './readAccessLogObject';

function opener(bytes: Buffer, size = 64 * 1024) {
  return async function* open() {
    for (let start = 0; start < bytes.length; start += size) {
      yield bytes.subarray(start, start + size);
    }
  };
}

// A machine that does other things too takes its time.
jest.setTimeout(60_000);

const trim = ({ text }: { text: string }) => text.trim();

async function readAll(
  options: Omit<Parameters<typeof readAccessLogObject>[0], 'taker'>,
) {
  const pieces: AccessLogPiece[] = [];
  const reading = readAccessLogObject({
    ...options,
    taker: { takePiece: piece => pieces.push(piece) },
  });
  let next = await reading.next();
  while (!next.done) {
    // All that it says was read was given.
    expect(pieces.at(-1)?.end).toBe(next.value);
    next = await reading.next();
  }
  expect(pieces.slice(1).map(({ start }) => start)).toEqual(
    pieces.slice(0, -1).map(({ end }) => end),
  );
  return {
    pieces,
    records: pieces.flatMap(({ records }) => records.map(trim)),
    ...next.value,
  };
}

const lines = Array.from({ length: 120 }, (_, id) => callLine(id));

describe('readAccessLogObject', () => {
  it('goes on wherever it stopped, however the bytes come', async () => {
    const separators = fc.constantFrom('\n', '', '\n\n', ' ');
    await fc.assert(
      fc.asyncProperty(
        fc.array(separators, { minLength: 120, maxLength: 120 }),
        fc.boolean(),
        fc.integer({ min: 300, max: 70_000 }),
        fc.integer({ min: 300, max: 70_000 }),
        fc.nat(),
        async (between, isPacked, size, otherSize, stop) => {
          const text = lines.map((line, index) => line + between[index]);
          const plain = Buffer.from(text.join(''));
          const bytes = isPacked ? gzipSync(plain) : plain;
          const whole = await readAll({ open: opener(bytes, size) });
          expect(whole.records).toEqual(lines);
          const index = stop % whole.pieces.length;
          const { end } = whole.pieces[index];
          const before = whole.pieces
            .slice(0, index + 1)
            .flatMap(({ records }) => records.map(trim));
          const rest = await readAll({
            open: opener(bytes, otherSize),
            from: end,
          });
          expect([...before, ...rest.records]).toEqual(lines);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds the same records around broken ones, however the bytes come', async () => {
    // Cut off somewhere, or without its start: behind a colon or comma what follows would be a part of it.
    const half = fc
      .tuple(fc.nat(lines[0].length - 3), fc.boolean())
      .map(([at, isStart]) =>
        isStart ? lines[0].slice(0, at + 1) : lines[0].slice(at + 1),
      )
      .filter(text => !/[:,[]$/.test(text));
    const garbage = fc.constantFrom('}', '}}{', 'x', '{"a":"}{"', ']"', '\\');
    const broken = fc.oneof(half, garbage);
    await fc.assert(
      fc.asyncProperty(
        // On one line of 50 kB or 100 kB, which is dealt with in another way.
        fc.constantFrom(1, 2),
        fc.array(fc.tuple(fc.nat(119), broken), { maxLength: 5 }),
        fc.constantFrom('', '\n', ' '),
        fc.array(fc.integer({ min: 100, max: 70_000 }), {
          minLength: 2,
          maxLength: 2,
        }),
        async (times, breaks, end, [size, otherSize]) => {
          const between = new Map(breaks);
          const records = Array.from({ length: times }, () => lines).flat();
          const text = records
            .map((line, index) => line + (between.get(index) ?? ''))
            .join('');
          const bytes = Buffer.from(text + end);
          const found = await readAll({ open: opener(bytes, size) });
          const other = await readAll({ open: opener(bytes, otherSize) });
          expect(other).toEqual(found);
          const isRead = (line: string) => lines.includes(line);
          expect(found.records.filter(isRead)).toEqual(records);
          expect(found.records.join('')).toBe(text.trim());
          expect(found.records.length - records.length).toBe(between.size);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('loses no more than a broken record of a large object', async () => {
    const texts = Array.from({ length: 1000 }, (_, id) => callLine(id));
    const broken = callLine(1000).slice(0, 200);
    const text = [...texts.slice(0, 500), broken, ...texts.slice(500)].join('');
    const { records } = await readAll({ open: opener(Buffer.from(text)) });
    expect(records).toHaveLength(1001);
    expect(records[500]).toBe(broken);
  });

  it('gives what can be read of corrupt and cut off gzip data', async () => {
    const packed = gzipSync(lines.join('\n'), { level: 1 });
    const cut = await readAll({
      open: opener(packed.subarray(0, packed.length / 2)),
    });
    expect(cut.problem).toMatch(/cut off/);
    expect(cut.records.length).toBeGreaterThan(30);
    expect(lines).toEqual(
      expect.arrayContaining(cut.records.slice(0, cut.records.length - 1)),
    );
    const corrupt = Buffer.from(packed);
    corrupt.fill(0xff, packed.length / 2, packed.length / 2 + 100);
    const { problem } = await readAll({ open: opener(corrupt) });
    expect(problem).toMatch(/corrupt/);
  });

  it('keeps a line that is too long aside, and what follows it', async () => {
    const long = 'x'.repeat(33 * 1024 * 1024);
    const bytes = Buffer.from(`${lines[0]}\n${long}\n${lines[1]}\n`);
    const { pieces } = await readAll({ open: opener(bytes) });
    expect(pieces).toEqual([
      {
        records: [{ json: JSON.parse(lines[0]), text: lines[0] }],
        start: 0,
        end: lines[0].length + 1,
      },
      {
        records: [
          { text: long.slice(0, 4096) },
          { json: JSON.parse(lines[1]), text: lines[1] },
        ],
        tooLong: expect.any(String),
        start: lines[0].length + 1,
        end: bytes.length,
      },
    ]);
    const last = await readAll({
      open: opener(Buffer.from(`${lines[0]}\n${long}`)),
    });
    expect(last.pieces).toHaveLength(2);
  });

  it('takes text only as fast as it is wanted', async () => {
    // 100 MB of text that pack to less than 1 MB.
    const line = `{"a":"${'x'.repeat(1013)}"}\n`;
    const packed = gzipSync(Buffer.alloc(100 * 1024 * 1024, line));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let records = 0;
    const reading = readAccessLogObject({
      open: opener(packed, packed.length),
      taker: { takePiece: () => records++ },
    });
    for await (const _ of reading) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(records).toBe(Math.ceil((100 * 1024 * 1024) / line.length));
    expect(most).toBeLessThan(50 * 1024 * 1024);
  });
});
