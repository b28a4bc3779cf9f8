import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TOKEN } from '../__testUtils__/hosts/FakeHost';
import {
  commit,
  type Kind,
  startKind,
  type Subject,
} from '../__testUtils__/hosts/kinds';

const run = promisify(execFile);

describe.each<Kind>(['local', 'github', 'gitlab'])(
  'repositories of kind %s',
  kind => {
    jest.setTimeout(120_000);
    const place = createMockDirectory();
    const author = { name: 'Ada', email: 'ada@example.com' };
    const origin = {
      template: 'template:default/lambda',
      owner: 'group:default/commerce',
    };
    const content = {
      'catalog-info.yaml': 'kind: Component\n',
      '.gitignore': 'node_modules\n',
      'src/handler.ts': 'export {};\n',
      'node_modules/x.js': 'ignored',
    };
    let subject: Subject;

    beforeEach(async () => {
      place.setContent({ workspace: content });
      subject = await startKind({
        kind,
        directory: place.resolve('repositories'),
      });
    });
    afterEach(() => subject.stop());

    type Publish = Subject['repositories']['publish'];
    const publish = (changes: Partial<Parameters<Publish>[0]> = {}) =>
      subject.repositories.publish({
        name: 'stock',
        directory: place.resolve('workspace'),
        message: 'First version',
        description: 'What is in stock',
        author,
        publishedBy: 'task-1',
        origin,
        mayUpdate: true,
        ...changes,
      });
    const write = (
      files: Record<string, string>,
      changes: Partial<Parameters<Publish>[0]> = {},
    ) => {
      place.addContent({ workspace: files });
      return publish({
        publishedBy: 'task-2',
        message: 'Next version',
        ...changes,
      });
    };
    const change = (
      changes: Partial<Parameters<Subject['repositories']['change']>[0]> = {},
    ) =>
      subject.repositories.change({
        name: 'stock',
        branch: 'call-orders',
        title: 'Call orders',
        description: 'Adds a client',
        directory: place.resolve('change'),
        author,
        ...changes,
      });
    const takeBack = (publishedBy: string) =>
      subject.repositories.takeBack({ name: 'stock', publishedBy });
    const git = async (...args: string[]) =>
      (await run('git', ['-C', subject.gitdir('stock'), ...args])).stdout;
    const file = (path: string, branch = 'main') =>
      git('show', `${branch}:${path}`);
    const byHand = (files: Record<string, string>, branch = 'main') =>
      commit({
        gitdir: subject.gitdir('stock'),
        clone: place.resolve('clone'),
        branch,
        work: async inClone => {
          place.addContent({ clone: files });
          await inClone('add', '.');
          await inClone('commit', '-m', 'By hand');
        },
      });
    const waiting = () =>
      subject.host?.changes.filter(({ state }) => state === 'open') ?? [];
    /** Merges what waits where the host has requests for that. */
    const merge = async (options: { squash?: boolean } = {}) => {
      for (const { branch } of waiting()) {
        await subject.merge({ branch, ...options });
      }
    };

    it('publishes one commit', async () => {
      const { commitHash, ...published } = await publish();
      expect(published).toEqual({ created: true, updated: false });
      expect(await git('log', '--format=%H %an %s', 'main')).toBe(
        `${commitHash} Ada First version\n`,
      );
      expect(await git('ls-tree', '-r', '--name-only', 'main')).toBe(
        '.gitignore\ncatalog-info.yaml\nsrc/handler.ts\n',
      );
      await git('fsck', '--full', '--strict');
    });

    it('publishes the same content once', async () => {
      const first = await publish();
      await expect(publish()).resolves.toEqual(first);
      await expect(publish({ publishedBy: 'task-2' })).resolves.toEqual({
        ...first,
        created: false,
      });
    });

    it('knows addresses', () => {
      const { repositories } = subject;
      const { browseUrl, repoContentsUrl, remoteUrl } =
        repositories.urls('stock');
      expect(remoteUrl).toBe(`${browseUrl}.git`);
      expect(repositories.nameOf(`${repoContentsUrl}/catalog-info.yaml`)).toBe(
        'stock',
      );
      expect(
        repositories.nameOf('https://example.com/acme/stock/blob/main/x'),
      ).toBeUndefined();
      const elsewhere = repoContentsUrl.replace(/acme|api/, 'other');
      expect(repositories.nameOf(`${elsewhere}/x`)).toBeUndefined();
    });

    it.each([
      ['another template', { origin: { ...origin, template: 'template:a/b' } }],
      ['another owner', { origin: { ...origin, owner: 'group:default/x' } }],
      ['nobody known', { origin: undefined }],
      ['somebody who may not', { mayUpdate: false }],
    ])('refuses a name that is taken to %s', async (_, changes) => {
      await publish();
      await expect(write({ 'new.ts': 'x' }, changes)).rejects.toMatchObject({
        name: 'ConflictError',
        message:
          'There is a repository stock already, and it holds other content. Choose another name, or remove that repository first.',
      });
      expect(await git('for-each-ref', '--format=%(refname)')).not.toMatch(
        /update|proposed/,
      );
    });

    it.each(['../x', 'a/b', '.hidden', 'x.git', ''])(
      'refuses the name %p',
      async name => {
        await expect(publish({ name })).rejects.toThrow(
          /can't be the name of a repository/,
        );
      },
    );

    it('refuses a workspace without files and leaves nothing', async () => {
      place.setContent({ workspace: {} });
      await expect(publish()).rejects.toThrow('There is no file to publish');
      await expect(takeBack('task-1')).resolves.toBeUndefined();
    });

    it('is taken back by the run that published it only', async () => {
      await publish();
      await expect(takeBack('task-2')).resolves.toBeUndefined();
      await expect(takeBack('task-1')).resolves.toBe('removed');
      await expect(takeBack('task-1')).resolves.toBeUndefined();
      await expect(publish()).resolves.toMatchObject({ created: true });
    });

    it.each([false, true])(
      'changes what the template changed, and keeps what people wrote (squashed: %p)',
      async squash => {
        await publish();
        await byHand({
          'notes.md': 'mine',
          'catalog-info.yaml': 'kind: API\n',
        });
        const second = await write({ 'src/handler.ts': 'export { x };\n' });
        expect(second).toMatchObject({ created: false, updated: true });
        expect(waiting()).toHaveLength(subject.host ? 1 : 0);
        // A restarted run.
        await expect(write({})).resolves.toEqual(second);
        expect(waiting()).toHaveLength(subject.host ? 1 : 0);
        await merge({ squash });
        expect(await file('src/handler.ts')).toBe('export { x };\n');
        expect(await file('notes.md')).toBe('mine');
        expect(await file('catalog-info.yaml')).toBe('kind: API\n');
        // Nothing new in a later run.
        const third = await write({}, { publishedBy: 'task-3' });
        expect(third).toMatchObject({ created: false, updated: false });
        expect(third.changeUrl).toBeUndefined();
        await expect(
          write({ 'src/handler.ts': 'export { y };\n' }),
        ).resolves.toMatchObject({ updated: true });
        await merge({ squash });
        expect(await file('src/handler.ts')).toBe('export { y };\n');
        expect(await file('notes.md')).toBe('mine');
        await git('fsck', '--full', '--strict');
      },
    );

    it('takes a change of a repository back', async () => {
      await publish();
      await write({ 'src/handler.ts': 'export { x };\n' });
      await expect(takeBack('task-3')).resolves.toBeUndefined();
      await expect(takeBack('task-2')).resolves.toBe('reverted');
      expect(waiting()).toEqual([]);
      expect(await file('src/handler.ts')).toBe('export {};\n');
      expect(await git('branch', '--format=%(refname:short)')).toBe('main\n');
      await expect(takeBack('task-2')).resolves.toBeUndefined();
      await expect(write({}, { publishedBy: 'task-4' })).resolves.toMatchObject(
        { updated: true },
      );
      await byHand(
        { 'notes.md': 'more' },
        waiting()
          .map(({ branch }) => branch)
          .at(0),
      );
      await expect(takeBack('task-4')).resolves.toBeUndefined();
    });

    it('stops where people changed what the template changes', async () => {
      await publish();
      await byHand({ 'src/handler.ts': 'by hand\n' });
      await expect(
        write({ 'src/handler.ts': 'export { x };\n', 'new.ts': '' }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(
          /^Repository stock was changed where the template changes it too: src\/handler.ts. Nothing was overwritten/,
        ),
      });
      expect(await file('src/handler.ts')).toBe('by hand\n');
      expect(await git('branch', '--format=%(refname:short)')).toBe('main\n');
    });

    it('puts a change on a branch', async () => {
      await publish();
      place.addContent({ change: { 'src/client.ts': 'new', '.npmrc': 'x' } });
      const proposed = await change();
      expect(proposed).toEqual({
        changed: true,
        url: expect.stringMatching(/call-orders$|pull\/1$|merge_requests\/1$/),
        commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      await byHand({ 'notes.md': 'mine' });
      await expect(change()).resolves.toEqual(proposed);
      expect(await git('diff', '--stat', 'main...call-orders')).toMatch(
        /2 files changed, 2 insertions/,
      );
      place.addContent({ change: { 'src/client.ts': 'newer' } });
      await expect(change()).rejects.toThrow(
        /has a branch call-orders already, and it holds something else/,
      );
      place.setContent({
        ...(place.content() as object),
        change: { 'catalog-info.yaml': content['catalog-info.yaml'] },
      });
      await expect(change({ branch: 'none' })).resolves.toMatchObject({
        changed: false,
        url: subject.repositories.urls('stock').browseUrl,
      });
      await expect(change({ name: 'other' })).rejects.toMatchObject({
        name: 'NotFoundError',
        message: 'There is no repository other',
      });
      await expect(change({ branch: '../main' })).rejects.toThrow(
        /can't be the name of a branch/,
      );
    });

    const overwrite = () =>
      subject.repositories.overwrite({
        name: 'stock',
        title: 'Retire stock',
        directory: place.resolve('change'),
        author,
      });

    it('puts files on the default branch at once, and reads them', async () => {
      await publish();
      await byHand({ 'notes.md': 'mine' });
      place.addContent({ change: { 'src/client.ts': 'new' } });
      const commitHash = await overwrite();
      expect(await file('src/client.ts')).toBe('new');
      expect(await file('notes.md')).toBe('mine');
      expect(await git('log', '--format=%H %an %s', '-1', 'main')).toBe(
        `${commitHash} Ada Retire stock\n`,
      );
      await expect(overwrite()).resolves.toBe(commitHash);
      await git('fsck', '--full', '--strict');

      const read = (path: string, name = 'stock') =>
        subject.repositories.read({ name, path });
      await expect(read('src')).resolves.toMatchObject({
        type: 'directory',
        entries: [{ name: 'client.ts', type: 'file' }, { name: 'handler.ts' }],
        commitHash,
      });
      const client = await read('src/client.ts');
      expect(client.type === 'file' && String(client.content)).toBe('new');
      await expect(read('none')).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(read('', 'other')).rejects.toThrow(
        'There is no repository other',
      );

      await subject.repositories.archive({ name: 'stock' });
      await expect(overwrite()).resolves.toBe(commitHash);
      place.addContent({ change: { 'src/client.ts': 'newer' } });
      await expect(overwrite()).rejects.toThrow('Repository stock is archived');
    });

    it('is read-only once it is archived', async () => {
      await publish();
      const archive = (name: string) => subject.repositories.archive({ name });
      await expect(archive('stock')).resolves.toBe('archived');
      await expect(archive('stock')).resolves.toBe('archived before');
      await expect(archive('other')).resolves.toBeUndefined();
      await expect(write({ 'new.ts': 'x' })).rejects.toThrow(
        'Repository stock is archived',
      );
      await expect(
        change({ directory: place.resolve('workspace') }),
      ).rejects.toThrow('Repository stock is archived');
    });

    if (kind === 'local') {
      return;
    }

    it('tells the host what it is and what is asked for', async () => {
      await publish();
      expect([...subject.host!.repositories.values()]).toMatchObject([
        {
          name: 'stock',
          description: 'What is in stock',
          visibility: 'internal',
          defaultBranch: 'main',
        },
      ]);
      place.addContent({ change: { 'src/client.ts': 'new' } });
      await change();
      expect(waiting()).toMatchObject([
        {
          branch: 'call-orders',
          into: 'main',
          title: 'Call orders',
          description: 'Adds a client',
        },
      ]);
      expect(subject.host!.pushes).toBe(3);
      expect(subject.host!.tokenOnDisk).toBe(false);
    });

    it('goes on wherever it was stopped', async () => {
      const { host } = subject;
      const restarted = async (work: () => Promise<unknown>) => {
        for (let stops = 0; ; stops++) {
          host!.cutFrom = host!.requests.length + stops;
          const done = await work().then(
            () => true,
            error => {
              expect(error).toMatchObject({ name: 'ServiceUnavailableError' });
              return false;
            },
          );
          host!.cutFrom = Infinity;
          if (done) {
            return stops;
          }
        }
      };
      expect(await restarted(() => publish())).toBeGreaterThan(3);
      expect(await git('log', '--format=%s', 'main')).toBe('First version\n');
      await expect(publish()).resolves.toMatchObject({ created: true });

      const next = () => write({ 'src/handler.ts': 'export { x };\n' });
      expect(await restarted(next)).toBeGreaterThan(3);
      expect(waiting()).toHaveLength(1);
      await merge({ squash: true });
      expect(await restarted(next)).toBeGreaterThan(3);
      expect(await file('src/handler.ts')).toBe('export { x };\n');
      expect(await git('for-each-ref', '--format=%(refname)')).toBe(
        'refs/heads/main\nrefs/lattice/rendered\n',
      );

      place.addContent({ change: { 'src/client.ts': 'new' } });
      expect(await restarted(() => change())).toBeGreaterThan(3);
      expect(waiting()).toHaveLength(1);
    });

    it('leaves one request waiting, that of the newest output', async () => {
      await publish();
      const second = await write({ 'src/handler.ts': 'export { x };\n' });
      const third = await write({ 'src/handler.ts': 'export { y };\n' });
      expect(third.changeUrl).not.toBe(second.changeUrl);
      expect(waiting()).toMatchObject([
        { title: 'Update from template:default/lambda', into: 'main' },
      ]);
      await merge();
      expect(await file('src/handler.ts')).toBe('export { y };\n');
    });

    it('says so when the default branch is protected', async () => {
      await publish();
      const before = await git('rev-parse', 'main');
      await subject.protect('stock');
      place.addContent({ change: { 'src/client.ts': 'new' } });
      await expect(overwrite()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringMatching(
          /refuses to take a commit on main of stock: .*hook declined.*let the portal's credentials push/s,
        ),
      });
      expect(await git('rev-parse', 'main')).toBe(before);
      await expect(change()).resolves.toMatchObject({ changed: true });
    });

    it('puts files on top of what others push meanwhile', async () => {
      const { host } = subject;
      await publish();
      place.addContent({ change: { 'src/client.ts': 'new' } });
      let pushed = false;
      host!.before = async ({ path }) => {
        if (path.endsWith('/git-receive-pack') && !pushed) {
          pushed = true;
          await byHand({ 'notes.md': 'mine' });
        }
      };
      await overwrite();
      expect(pushed).toBe(true);
      expect(await file('notes.md')).toBe('mine');
      expect(await file('src/client.ts')).toBe('new');
    });

    it('asks anew for what was closed', async () => {
      await publish();
      const second = await write({ 'src/handler.ts': 'export { x };\n' });
      subject.host!.changes[0].state = 'closed';
      const third = await write({});
      expect(third.changeUrl).not.toBe(second.changeUrl);
      expect(waiting()).toHaveLength(1);
    });

    it('takes nothing over that somebody else made', async () => {
      subject.host!.create({
        name: 'stock',
        description: 'theirs',
        visibility: 'private',
      });
      await expect(publish()).rejects.toThrow(
        'There is a repository stock already',
      );
      await expect(takeBack('task-1')).resolves.toBeUndefined();
      expect(subject.host!.repositories.size).toBe(1);
    });

    it.each([
      [
        'no permission to create',
        { status: 403, body: { message: 'No rights' } },
        'POST',
        'NotAllowedError',
        /doesn't let the portal publish repository stock: No rights\..* integrations\.g/,
      ],
      [
        'a bad token',
        { status: 401, body: { message: 'Bad token' } },
        'GET',
        'NotAllowedError',
        /doesn't accept the portal's credentials to publish repository stock: Bad token/,
      ],
      [
        'a missing organization',
        { status: 404, body: { message: 'Not Found' } },
        'POST',
        'NotFoundError',
        /Either (organization|group) acme is not there, or the portal's credentials don't reach it/,
      ],
      [
        'too many requests',
        { status: 429, headers: { 'retry-after': '60' }, body: {} },
        'GET',
        'ServiceUnavailableError',
        /answers no more requests for now \(rate limit\).* Run the template again/,
      ],
      [
        'a name that cannot be seen',
        kind === 'github'
          ? { status: 422, body: { message: 'name already exists' } }
          : {
              status: 400,
              body: { message: { path: ['has already been taken'] } },
            },
        'POST',
        'ConflictError',
        /There is a repository stock already/,
      ],
      [
        'a fault of the host',
        { status: 500, body: { message: 'Oops' } },
        'GET',
        'ServiceUnavailableError',
        /can't be reached to publish repository stock: Oops/,
      ],
    ])('explains %s', async (_, answer, method, name, message) => {
      const { host } = subject;
      host!.fault = request =>
        request.method === method && request.path.includes('/api/')
          ? answer
          : undefined;
      const error = await publish().catch(it => it);
      expect(error).toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
      expect(JSON.stringify(error) + error.stack + error.cause).not.toContain(
        TOKEN,
      );
      expect(host!.repositories.size).toBe(0);
    });

    it('takes the empty repository back when the push is refused', async () => {
      const { host } = subject;
      host!.fault = ({ path }) =>
        path.endsWith('?service=git-receive-pack')
          ? { status: 403, body: 'Write access not granted' }
          : undefined;
      await expect(publish()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringMatching(/Write access not granted/),
      });
      expect(host!.repositories.size).toBe(0);
    });

    it('explains a host that is not there', async () => {
      await subject.stop();
      const error = await publish().catch(it => it);
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(/can't be reached.*: ./),
      });
      expect(JSON.stringify(error) + error.stack + error.cause).not.toContain(
        TOKEN,
      );
      subject.stop = async () => {};
    });
  },
);
