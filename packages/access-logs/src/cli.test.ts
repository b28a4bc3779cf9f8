import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { callLine, deniedLine, objectKey } from './__testUtils__/lines';

function run(
  ...args: string[]
): Promise<{ code: number; out: string; error: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        join(__dirname, 'cli.ts'),
        ...args,
      ],
      { maxBuffer: 1e8 },
      (failure, out, error) =>
        resolve({ code: Number(failure?.code ?? 0), out, error }),
    );
  });
}

describe('the command in a process of its own', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-'));
    for (let file = 0; file < 6; file++) {
      const path = join(
        folder,
        objectKey(file % 2 === 0 ? 'sn-1' : 'svc-1', 'a', `1${file}`),
      );
      await mkdir(dirname(path), { recursive: true });
      // Both logs tell of the same calls.
      const first = Math.floor(file / 2) * 10_000;
      const lines = Array.from({ length: 10_000 }, (_, id) =>
        id % 10 === 0 ? deniedLine(first + id) : callLine(first + id),
      );
      await writeFile(path, gzipSync(lines.join('\n')));
    }
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('finds the same with threads as without', async () => {
    const [alone, together] = await Promise.all(
      ['0', '2'].map(threads =>
        run('report', folder, '--json', '--threads', threads),
      ),
    );
    expect(alone).toEqual({ code: 0, error: '', out: expect.any(String) });
    expect(together).toEqual(alone);
    expect(JSON.parse(alone.out)).toMatchObject({
      lines: 60_000,
      records: 30_000,
      twins: 30_000,
      causes: [expect.objectContaining({ count: 3000, path: '/orders/*' })],
    });
  }, 60_000);

  it('bears that nobody reads on', async () => {
    const child = execFile(process.execPath, [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      join(__dirname, 'cli.ts'),
      'report',
      folder,
    ]);
    let error = '';
    child.stderr?.on('data', text => {
      error += text;
    });
    child.stdout?.destroy();
    const code = await new Promise(resolve => child.on('close', resolve));
    expect({ code, error }).toEqual({ code: 0, error: '' });
  }, 60_000);

  it('leaves with 2 for what it cannot read', async () => {
    const { code, out, error } = await run('report', join(folder, 'absent'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('absent');
  }, 60_000);
});
