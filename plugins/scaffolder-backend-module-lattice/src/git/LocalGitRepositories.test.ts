import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalGitRepositories } from './LocalGitRepositories';

const run = promisify(execFile);

describe('LocalGitRepositories', () => {
  const place = createMockDirectory();
  const author = { name: 'Ada', email: 'ada@example.com' };
  const options = {
    name: 'stock',
    message: 'First version',
    author,
    publishedBy: 'task-1',
  };
  const content = {
    'catalog-info.yaml': 'kind: Component',
    '.gitignore': 'node_modules\n',
    'src/handler.ts': 'export {};\n',
    'node_modules/x.js': 'ignored',
  };
  const create = (files: Record<string, string>) => {
    place.setContent({ workspace: files });
    return {
      directory: place.resolve('workspace'),
      repositories: LocalGitRepositories.create({
        directory: place.resolve('repositories'),
      }),
    };
  };

  it('publishes one commit that git itself finds sound', async () => {
    const { repositories, directory } = create(content);
    const { commitHash, created } = await repositories.publish({
      ...options,
      directory,
    });
    expect(created).toBe(true);

    const gitdir = place.resolve('repositories/stock.git');
    const git = (...args: string[]) => run('git', ['-C', gitdir, ...args]);
    expect((await git('fsck', '--full', '--strict')).stderr).toBe('');
    expect((await git('log', '--format=%H %an %s')).stdout.trim()).toBe(
      `${commitHash} Ada First version`,
    );
    expect((await git('ls-tree', '-r', '--name-only', 'main')).stdout).toBe(
      '.gitignore\ncatalog-info.yaml\nsrc/handler.ts\n',
    );
    await run('git', ['clone', gitdir, place.resolve('clone')]);
  });

  it('publishes the same content once, and refuses other content', async () => {
    const { repositories, directory } = create(content);
    const first = await repositories.publish({ ...options, directory });
    await expect(
      repositories.publish({ ...options, directory }),
    ).resolves.toEqual(first);
    await expect(
      repositories.publish({ ...options, directory, publishedBy: 'task-2' }),
    ).resolves.toEqual({ ...first, created: false });

    place.addContent({ workspace: { 'src/handler.ts': 'other' } });
    await expect(
      repositories.publish({ ...options, directory }),
    ).rejects.toThrow(/repository stock already, and it holds other content/);
    await expect(repositories.list()).resolves.toEqual(['stock']);
  });

  it('is taken back by the run that published it only', async () => {
    const { repositories, directory } = create(content);
    await repositories.publish({ ...options, directory });
    const remove = (publishedBy: string) =>
      repositories.removeIfPublishedBy({ name: 'stock', publishedBy });
    await expect(remove('task-2')).resolves.toBe(false);
    await expect(repositories.list()).resolves.toEqual(['stock']);
    await expect(remove('task-1')).resolves.toBe(true);
    await expect(remove('task-1')).resolves.toBe(false);
    await expect(repositories.list()).resolves.toEqual([]);
  });

  it('reads files and folders', async () => {
    const { repositories, directory } = create(content);
    await repositories.publish({ ...options, directory });
    const read = (path: string) => repositories.read({ name: 'stock', path });
    await expect(read('src/handler.ts')).resolves.toMatchObject({
      type: 'file',
      content: Buffer.from('export {};\n'),
    });
    await expect(read('/src/')).resolves.toMatchObject({
      entries: [{ name: 'handler.ts', type: 'file' }],
    });
    await expect(read('')).resolves.toMatchObject({
      entries: [
        { name: '.gitignore', type: 'file' },
        { name: 'catalog-info.yaml', type: 'file' },
        { name: 'src', type: 'directory' },
      ],
    });
    await expect(read('../config')).rejects.toThrow(/There is no/);
    await expect(repositories.read({ name: 'no', path: '' })).rejects.toThrow(
      'There is no repository no',
    );
  });

  it.each(['../x', 'a/b', '.hidden', 'x.git', 'x.lock', 'a..b', ''])(
    'refuses the name %p',
    async name => {
      const { repositories, directory } = create(content);
      await expect(
        repositories.publish({ ...options, name, directory }),
      ).rejects.toThrow(/can't be the name of a repository/);
    },
  );

  it('refuses a workspace without files and leaves nothing', async () => {
    const { repositories, directory } = create({});
    await expect(
      repositories.publish({ ...options, directory }),
    ).rejects.toThrow('There is no file to publish');
    expect(place.content()).toEqual({ workspace: {}, repositories: {} });
  });
});
