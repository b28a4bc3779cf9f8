import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { latticeGitPlugin } from './latticeGitPlugin';
import { LocalGitRepositories } from './LocalGitRepositories';
import { RepositoryUrlReader } from './RepositoryUrlReader';

const run = promisify(execFile);

describe('latticeGitPlugin', () => {
  const place = createMockDirectory();
  const directory = place.resolve('repositories');
  const repositories = LocalGitRepositories.create({
    directory,
    baseUrl: 'http://localhost:45701/api/lattice-git',
  });

  beforeEach(async () => {
    place.setContent({
      workspace: {
        'catalog-info.yaml': 'kind: Component\n',
        'src/page.html': '<script>alert(1)</script>',
      },
    });
    await repositories.publish({
      name: 'stock',
      directory: place.resolve('workspace'),
      message: 'First version',
      author: { name: 'Ada', email: 'ada@example.com' },
      publishedBy: 'task-1',
      mayUpdate: false,
    });
  });

  const start = async (anonymousRead: boolean) => {
    const { server } = await startTestBackend({
      features: [
        latticeGitPlugin,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:45701' },
            lattice: { repositories: { directory, anonymousRead } },
          },
        }),
      ],
    });
    const base = `http://localhost:${server.port()}/api/lattice-git`;
    const headers = { authorization: mockCredentials.none.header() };
    return (path: string) => fetch(`${base}${path}`, { headers });
  };

  it('shows and clones', async () => {
    const get = await start(true);
    const text = async (path: string) => (await get(path)).text();
    expect(await text('')).toContain(
      '<a href="/api/lattice-git/stock">stock</a>',
    );
    expect(await text('/stock')).toContain(
      '<a href="/api/lattice-git/stock/tree/main/src">src/</a>',
    );
    expect(await text('/stock/blob/main/src/page.html')).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    );
    const raw = await get('/stock/raw/main/src/page.html');
    expect(raw.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await raw.text()).toBe('<script>alert(1)</script>');
    for (const path of [
      '/other',
      '/stock/raw/main/no',
      '/stock/blob/other/x',
      '/stock.git/config',
    ]) {
      expect(await get(path)).toMatchObject({ status: 404 });
    }

    const { url } = await get('/stock.git/HEAD');
    const clone = place.resolve('clone');
    await run('git', ['clone', url.replace(/\/HEAD$/, ''), clone]);
    expect(place.content({ path: 'clone' })).toMatchObject({
      'catalog-info.yaml': 'kind: Component\n',
      src: { 'page.html': '<script>alert(1)</script>' },
    });
  });

  it('asks for a token unless configured otherwise', async () => {
    const get = await start(false);
    expect(await get('/stock')).toMatchObject({ status: 401 });
  });

  it('is read by URL without HTTP', async () => {
    const baseUrl = 'https://portal.example.com/api/lattice-git';
    const reader = UrlReaders.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
      factories: [
        ({ treeResponseFactory }) => [
          {
            predicate: url => url.href.startsWith(`${baseUrl}/`),
            reader: new RepositoryUrlReader({
              repositories,
              baseUrl,
              treeResponseFactory,
            }),
          },
        ],
      ],
    });
    const file = `${baseUrl}/stock/blob/main/catalog-info.yaml`;
    const response = await reader.readUrl(file);
    expect(String(await response.buffer())).toBe('kind: Component\n');
    await expect(
      reader.readUrl(file, { etag: response.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    const found = await reader.search(file);
    expect(found.files.map(({ url }) => url)).toEqual([file]);
    await expect(
      reader.search(`${baseUrl}/stock/blob/main/no.yaml`),
    ).resolves.toMatchObject({ files: [] });

    const tree = await reader.readTree(`${baseUrl}/stock/tree/main/src`);
    expect((await tree.files()).map(({ path }) => path)).toEqual(['page.html']);
  });
});
