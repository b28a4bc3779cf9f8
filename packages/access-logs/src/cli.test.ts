import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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

  it('reads pipes', async () => {
    const lines = Array.from({ length: 10_000 }, (_, id) => callLine(id));
    const plain = join(folder, 'plain');
    // More than fits into a pipe, and no newline at the end.
    await writeFile(plain, lines.join('\n'));
    const packed = gzipSync(lines.map(line => `${line}\n`).join(''));
    await writeFile(join(folder, 'packed'), packed);
    // The check sum is wrong.
    packed[packed.length - 6] += 1;
    await writeFile(join(folder, 'broken'), packed);
    const shell = (script: string) =>
      new Promise<{ code: number; out: string; error: string }>(resolve => {
        const command = `${process.execPath} --require ${require.resolve(
          '@backstage/cli-node/config/nodeTransform.cjs',
        )} ${join(__dirname, 'cli.ts')} report --json`;
        execFile(
          'bash',
          ['-c', script.replace('REPORT', command)],
          { cwd: folder },
          (failure, out, error) =>
            resolve({ code: Number(failure?.code ?? 0), out, error }),
        );
      });
    for (const script of [
      'cat plain | REPORT /dev/stdin',
      'REPORT <(cat packed)',
      'REPORT /dev/stdin < plain',
      'REPORT <(head -c 9000 plain) <(tail -c +9001 plain) --threads 2',
    ]) {
      const { code, out, error } = await shell(script);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      const { records, unparsed } = JSON.parse(out);
      // Cut in the middle of a line.
      const cut = script.includes('head') ? { records: 9999, unparsed: 2 } : {};
      expect({ records, unparsed }).toEqual({
        records: 10_000,
        unparsed: 0,
        ...cut,
      });
    }
    const { out } = await shell('cat broken | REPORT /dev/stdin');
    expect(JSON.parse(out)).toMatchObject({
      problems: [{ problem: expect.stringContaining('corrupt') }],
    });
    expect(JSON.parse(out).records).toBeGreaterThan(9000);
  }, 60_000);

  it('leaves with 2 if nothing could be read', async () => {
    const folderOfNone = await mkdtemp(join(tmpdir(), 'none-'));
    // Its size is none, and it can't be read from the start on.
    await symlink('/proc/self/mem', join(folderOfNone, 'memory'));
    const { code, out, error } = await run('report', folderOfNone);
    await rm(folderOfNone, { recursive: true });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(
      /No file could be read: .*memory: can't be read: EIO/,
    );
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
