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
