import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalGitRepositories } from './LocalGitRepositories';

const run = promisify(execFile);

describe('LocalGitRepositories', () => {
  const place = createMockDirectory();
  const author = { name: 'Ada', email: 'ada@example.com' };
  const baseUrl = 'http://localhost:45702/api/lattice-git';
  const options = {
    name: 'stock',
    mayUpdate: true,
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
        baseUrl,
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
      repositories.takeBack({ name: 'stock', publishedBy });
    await expect(remove('task-2')).resolves.toBeUndefined();
    await expect(repositories.list()).resolves.toEqual(['stock']);
    await expect(remove('task-1')).resolves.toBe('removed');
    await expect(remove('task-1')).resolves.toBeUndefined();
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

  describe('written by the same template again', () => {
    const origin = {
      template: 'template:default/lambda',
      owner: 'group:default/commerce',
    };
    const git = (...args: string[]) =>
      run('git', ['-C', place.resolve('repositories/stock.git'), ...args]);

    async function published() {
      const { repositories, directory } = create(content);
      const write = (
        files: Record<string, string>,
        changes: Partial<Parameters<typeof repositories.publish>[0]> = {},
      ) => {
        place.addContent({ workspace: files });
        return repositories.publish({
          ...options,
          directory,
          origin,
          publishedBy: 'task-2',
          message: 'Next version',
          ...changes,
        });
      };
      const file = async (path: string) => {
        const entry = await repositories.read({ name: 'stock', path });
        return entry.type === 'file' && String(entry.content);
      };
      const first = await write({}, { publishedBy: 'task-1' });
      return { repositories, write, file, first };
    }

    /** Commits to main as people do. */
    async function commit(files: Record<string, string>) {
      const clone = place.resolve('clone');
      await run('rm', ['-rf', clone]);
      await run('git', [
        'clone',
        place.resolve('repositories/stock.git'),
        clone,
      ]);
      place.addContent({ clone: files });
      const inClone = (...args: string[]) => run('git', ['-C', clone, ...args]);
      await inClone('add', '.');
      const who = ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.com'];
      await inClone(...who, 'commit', '-m', 'By hand');
      await inClone('push', 'origin', 'main');
    }

    it('changes what the template changed, and keeps what people wrote', async () => {
      const { repositories, write, file, first } = await published();
      await commit({ 'notes.md': 'mine', 'catalog-info.yaml': 'kind: API' });
      const second = await write({ 'src/handler.ts': 'export { x };\n' });
      expect(second).toMatchObject({ created: false, updated: true });
      expect(second.commitHash).not.toBe(first.commitHash);
      expect(await file('src/handler.ts')).toBe('export { x };\n');
      expect(await file('notes.md')).toBe('mine');
      expect(await file('catalog-info.yaml')).toBe('kind: API');
      expect((await git('fsck', '--full', '--strict')).stderr).toBe('');
      // A restarted run.
      await expect(write({})).resolves.toEqual(second);
      // Nothing new in a later run.
      await expect(write({}, { publishedBy: 'task-3' })).resolves.toEqual({
        ...second,
        updated: false,
      });

      const takeBack = (publishedBy: string) =>
        repositories.takeBack({ name: 'stock', publishedBy });
      await expect(takeBack('task-3')).resolves.toBeUndefined();
      await expect(takeBack('task-2')).resolves.toBe('reverted');
      expect(await file('src/handler.ts')).toBe('export {};\n');
      expect(await file('notes.md')).toBe('mine');
      await expect(takeBack('task-2')).resolves.toBeUndefined();
      await expect(write({}, { publishedBy: 'task-4' })).resolves.toMatchObject(
        { updated: true },
      );
      await commit({ 'notes.md': 'more' });
      await expect(takeBack('task-4')).resolves.toBeUndefined();
      expect(await file('src/handler.ts')).toBe('export { x };\n');
    });

    it('stops where people changed what the template changes', async () => {
      const { repositories, write, file } = await published();
      await commit({ 'src/handler.ts': 'by hand\n' });
      await expect(
        write({ 'src/handler.ts': 'export { x };\n', 'new.ts': '' }),
      ).rejects.toThrow(
        /Repository stock was changed where the template changes it too: src\/handler.ts. Nothing was overwritten/,
      );
      expect(await file('src/handler.ts')).toBe('by hand\n');
      await expect(file('new.ts')).rejects.toThrow(/There is no/);
      expect((await git('for-each-ref')).stdout).not.toContain('merging');
      await expect(
        repositories.takeBack({ name: 'stock', publishedBy: 'task-2' }),
      ).resolves.toBeUndefined();
    });

    it.each([
      ['another template', { origin: { ...origin, template: 'template:a/b' } }],
      ['another owner', { origin: { ...origin, owner: 'group:default/x' } }],
      ['nobody known', { origin: undefined }],
      ['somebody who may not', { mayUpdate: false }],
    ])('is refused to %s', async (_, changes) => {
      const { write } = await published();
      await expect(write({ 'new.ts': 'x' }, changes)).rejects.toThrow(
        /repository stock already, and it holds other content/,
      );
    });

    it('takes a change on a branch', async () => {
      const { repositories, file } = await published();
      place.addContent({ change: { 'src/client.ts': 'new', '.npmrc': 'x' } });
      const change = {
        name: 'stock',
        branch: 'call-orders',
        title: 'Call orders',
        directory: place.resolve('change'),
        author,
      };
      const proposed = await repositories.change(change);
      expect(proposed).toEqual({
        changed: true,
        url: `${baseUrl}/stock/tree/call-orders`,
        commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      await expect(repositories.change(change)).resolves.toEqual(proposed);
      const { stdout } = await git('diff', '--stat', 'main', 'call-orders');
      expect(stdout).toMatch(/2 files changed, 2 insertions/);
      await expect(file('src/client.ts')).rejects.toThrow(/There is no/);
      await expect(
        repositories.read({
          name: 'stock',
          branch: 'call-orders',
          path: 'src/client.ts',
        }),
      ).resolves.toMatchObject({ content: Buffer.from('new') });
      const refs = await repositories.readProtocolFile({
        name: 'stock',
        path: 'info/refs',
      });
      expect(String(refs)).toMatch(
        /^\w{40}\trefs\/heads\/call-orders\n\w{40}\trefs\/heads\/main\n$/,
      );

      place.addContent({ change: { 'src/client.ts': 'newer' } });
      await expect(repositories.change(change)).rejects.toThrow(
        /has a branch call-orders already, and it holds something else/,
      );
      place.setContent({
        ...(place.content() as object),
        change: { 'catalog-info.yaml': content['catalog-info.yaml'] },
      });
      await expect(
        repositories.change({ ...change, branch: 'none' }),
      ).resolves.toMatchObject({ changed: false, url: `${baseUrl}/stock` });
      await expect(
        repositories.change({ ...change, name: 'other' }),
      ).rejects.toThrow('There is no repository other');
      await expect(
        repositories.change({ ...change, branch: '../main' }),
      ).rejects.toThrow(/can't be the name of a branch/);
    });

    it('is read-only once it is archived', async () => {
      const { repositories, write, file } = await published();
      const archive = (name: string) => repositories.archive({ name });
      await expect(archive('stock')).resolves.toBe('archived');
      await expect(archive('stock')).resolves.toBe('archived before');
      await expect(archive('other')).resolves.toBeUndefined();
      expect(await file('catalog-info.yaml')).toBe('kind: Component');
      await expect(write({ 'new.ts': 'x' })).rejects.toThrow(
        'Repository stock is archived',
      );
      await expect(
        repositories.change({
          name: 'stock',
          branch: 'x',
          title: 'x',
          directory: place.resolve('workspace'),
          author,
        }),
      ).rejects.toThrow('Repository stock is archived');
    });
  });
});
