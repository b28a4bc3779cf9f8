import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { callLine } from '../__testUtils__/lines';

// A process is started, and threads in it.
jest.setTimeout(60_000);

describe('ColumnsReader', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'columns-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads objects in threads as it does without', () => {
    const lines = Array.from({ length: 20_000 }, (_, id) => callLine(id));
    const whole = gzipSync(lines.join('\n'));
    const corrupt = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    corrupt.fill(0xff, middle, middle + 100);
    const paths = Object.entries({
      whole,
      corrupt,
      empty: Buffer.alloc(0),
      missing: undefined,
      stopped: whole,
      plain: Buffer.from(lines.slice(0, 10).join('\n')),
    }).map(([name, bytes]) => {
      const path = join(folder, name);
      if (bytes) {
        writeFileSync(path, bytes);
      }
      return path;
    });
    // Jest's own TypeScript does not reach into threads.
    const output = execFileSync(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        join(__dirname, '../__testUtils__/readInThreads.ts'),
        ...paths,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const { results, priorities } = JSON.parse(output.toString());
    const [all, part, none, missing, stopped, plain] = results;
    expect(all).toEqual({ texts: lines });
    expect(part.problem).toMatch(/corrupt/);
    expect(part.texts.length).toBeGreaterThan(5_000);
    expect(part.texts.slice(0, 5_000)).toEqual(lines.slice(0, 5_000));
    expect(none).toEqual({ texts: [] });
    expect(missing).toEqual({ error: 'no such object' });
    expect(stopped).toEqual({ texts: true });
    expect(plain).toEqual({ texts: lines.slice(0, 10) });
    // Of its threads, the two that read give way, where threads can.
    const [own] = priorities;
    expect(priorities.filter((priority: number) => priority > own)).toEqual(
      process.platform === 'linux' ? [own + 10, own + 10] : [],
    );
  });
});
