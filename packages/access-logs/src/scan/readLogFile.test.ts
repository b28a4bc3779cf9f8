import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLogFile } from './readLogFile';

// Hardly shrinks, so that a fault in the middle of the file is in the middle of the text.
const text = Array.from({ length: 40_000 }, (_, index) =>
  Math.sin(index + 1)
    .toString(36)
    .slice(2),
).join('\n');

describe('readLogFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function read(content: Buffer, options: object = {}) {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const parts: Buffer[] = [];
    const result = await readLogFile({
      path,
      onText: part => parts.push(Buffer.from(part)),
      ...options,
    });
    return { ...result, text: Buffer.concat(parts).toString() };
  }

  it('reads plain files, and goes on in them', async () => {
    expect(await read(Buffer.from(text))).toEqual({
      text,
      bytes: text.length,
      isGzip: false,
    });
    expect(await read(Buffer.from(text), { offset: 1000 })).toMatchObject({
      text: text.slice(1000),
      bytes: text.length - 1000,
    });
    expect(await read(Buffer.alloc(0))).toMatchObject({ text: '', bytes: 0 });
    expect(await read(Buffer.from([0x1f]))).toMatchObject({ isGzip: false });
  });

  it('unpacks gzip, also of several members', async () => {
    const half = text.length / 2;
    const packed = Buffer.concat([
      gzipSync(text.slice(0, half)),
      gzipSync(''),
      gzipSync(text.slice(half)),
    ]);
    expect(await read(packed)).toEqual({
      text,
      bytes: packed.length,
      isGzip: true,
      problem: undefined,
    });
  });

  it.each([0.1, 0.5, 0.999])(
    'reads %d of a file that is cut off',
    async share => {
      const packed = gzipSync(text);
      const result = await read(packed.subarray(0, packed.length * share));
      expect(result.problem).toMatch('cut off');
      expect(text.startsWith(result.text)).toBe(true);
      expect(result.text.length).toBeGreaterThan(text.length * (share - 0.1));
    },
  );

  it.each([0.3, 0.7])('reads what is before a fault at %d', async share => {
    const packed = gzipSync(text);
    // A block of a type that there is not.
    const middle = Math.floor(packed.length * share);
    packed.fill(0xff, middle, middle + 2000);
    const result = await read(packed);
    expect(result.problem).toMatch('corrupt');
    // The fault shows where a block begins, some way behind the bytes that were changed.
    const good = Math.floor(text.length * (share - 0.05));
    expect(result.text.slice(0, good)).toBe(text.slice(0, good));
  });

  it('says when the check sum is wrong', async () => {
    const packed = gzipSync(text);
    packed[packed.length - 6] += 1;
    expect(await read(packed)).toMatchObject({
      text,
      problem: expect.stringContaining('corrupt'),
    });
  });

  it('says what is behind the gzip data', async () => {
    const packed = Buffer.concat([gzipSync(text), Buffer.from('rest')]);
    expect(await read(packed)).toMatchObject({
      text,
      problem: expect.stringMatching(/header|4 bytes/),
    });
  });

  it('stops when asked to', async () => {
    await expect(
      read(Buffer.from(text), {
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });
});
