import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { LocalGitRepositories } from '../git/LocalGitRepositories';
import { createGitPublishAction } from './createGitPublishAction';
import { createGitRemoveAction } from './createGitRemoveAction';

describe('publishing to a repository of the portal', () => {
  const place = createMockDirectory();
  const baseUrl = 'http://localhost:45702/api/lattice-git';

  function setUp(overrides: object = {}) {
    place.setContent({ workspace: { 'a.txt': 'a', sub: { 'b.txt': 'b' } } });
    const repositories = LocalGitRepositories.create({
      directory: place.resolve('repositories'),
      baseUrl,
    });
    const outputs: Record<string, unknown> = {};
    const context: any = {
      ...createMockActionContext({ workspacePath: place.resolve('workspace') }),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      input: { repository: 'stock' },
      ...overrides,
    };
    const options = { repositories, mayActFor: () => true };
    return {
      repositories,
      outputs,
      publish: () => createGitPublishAction(options).handler(context),
      remove: () => createGitRemoveAction(options).handler(context),
    };
  }

  it('publishes, and takes it back', async () => {
    const { publish, remove, outputs, repositories } = setUp();
    await publish();
    expect(outputs).toEqual({
      repository: 'stock',
      remoteUrl: `${baseUrl}/stock.git`,
      browseUrl: `${baseUrl}/stock`,
      repoContentsUrl: `${baseUrl}/stock/blob/main`,
      commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      created: true,
      updated: false,
    });
    await remove();
    expect(outputs.removed).toBe(true);
    await expect(repositories.list()).resolves.toEqual([]);
    await remove();
    expect(outputs.removed).toBe(false);
  });

  it('publishes a folder of the workspace only', async () => {
    const { publish, repositories } = setUp({
      input: { repository: 'stock', sourcePath: 'sub' },
    });
    await publish();
    await expect(
      repositories.read({ name: 'stock', path: '' }),
    ).resolves.toMatchObject({ entries: [{ name: 'b.txt' }] });
    await expect(
      setUp({ input: { repository: 'x', sourcePath: '../..' } }).publish(),
    ).rejects.toThrow(/outside/);
  });

  it('leaves nothing in a dry run or when cancelled', async () => {
    const dry = setUp({ isDryRun: true });
    await dry.publish();
    expect(dry.outputs.browseUrl).toBe(`${baseUrl}/stock`);
    await expect(dry.repositories.list()).resolves.toEqual([]);

    const cancelled = setUp({ signal: AbortSignal.abort() });
    await expect(cancelled.publish()).rejects.toThrow('Cancelled');
    await expect(cancelled.repositories.list()).resolves.toEqual([]);
  });
});
