import { mockServices } from '@backstage/backend-test-utils';
import { readRepositoriesConfig } from './config';
import { createRepositories } from './git/createRepositories';

describe('lattice.repositories', () => {
  const root = (repositories: any, integrations: any = {}) =>
    mockServices.rootConfig({
      data: {
        backend: { baseUrl: 'http://localhost:45704' },
        integrations,
        lattice: { repositories },
      },
    });

  it.each([
    [
      { directory: 'kept' },
      {
        type: 'local',
        directory: 'kept',
        anonymousRead: false,
        baseUrl: 'http://localhost:45704/api/lattice-git',
      },
    ],
    [
      { type: 'github', organization: 'acme', directory: 'left over' },
      {
        type: 'github',
        host: 'github.com',
        organization: 'acme',
        visibility: 'private',
      },
    ],
    [
      {
        type: 'gitlab',
        host: 'git.example.com',
        group: 'acme/services',
        visibility: 'internal',
      },
      {
        type: 'gitlab',
        host: 'git.example.com',
        group: 'acme/services',
        visibility: 'internal',
      },
    ],
    [undefined, undefined],
  ])('reads %j', (block, expected) => {
    expect(readRepositoriesConfig(root(block))).toEqual(expected);
  });

  it.each([
    [{}, /the folder of the repositories[\s\S]*directory/],
    [{ type: 'svn' }, /set it to local, github or gitlab[\s\S]*type/],
    [
      { type: 'github' },
      /the name of a GitHub organization, such as acme[\s\S]*organization/,
    ],
    [{ type: 'github', organization: 'acme/x' }, /organization/],
    [{ type: 'gitlab', group: '/acme' }, /the path of a GitLab group/],
    [
      { type: 'gitlab', group: 'acme', visibility: 'secret' },
      /private, internal or public[\s\S]*visibility/,
    ],
  ])('refuses %j', (block, message) => {
    expect(() => readRepositoriesConfig(root(block))).toThrow(message);
  });

  it.each([
    [
      { type: 'github', organization: 'acme' },
      {},
      'lattice.repositories publishes to github.com, but integrations.github has no token or apps for that host. Set one of them.',
    ],
    [
      { type: 'github', organization: 'acme', host: 'ghe.example.com' },
      { github: [{ host: 'github.com', token: 'x' }] },
      /publishes to ghe.example.com, but integrations.github has no token/,
    ],
    [
      { type: 'gitlab', group: 'acme' },
      { gitlab: [{ host: 'gitlab.com' }] },
      'lattice.repositories publishes to gitlab.com, but integrations.gitlab has no token for that host. Set it.',
    ],
  ])('asks for the credentials of %j', (block, integrations, message) => {
    expect(() => createRepositories(root(block, integrations))).toThrow(
      message,
    );
  });

  it('knows addresses of the hosts', () => {
    const github = createRepositories(
      root(
        { type: 'github', organization: 'acme' },
        { github: [{ host: 'github.com', token: 'x' }] },
      ),
    )!;
    expect(github.urls('stock')).toEqual({
      remoteUrl: 'https://github.com/acme/stock.git',
      browseUrl: 'https://github.com/acme/stock',
      repoContentsUrl: 'https://github.com/acme/stock/blob/main',
    });
    expect(github.nameOf('https://github.com/Acme/stock/tree/main/')).toBe(
      'stock',
    );
    const gitlab = createRepositories(
      root(
        { type: 'gitlab', host: 'example.com', group: 'acme/services' },
        {
          gitlab: [
            {
              host: 'example.com',
              token: 'x',
              baseUrl: 'https://example.com/git',
              apiBaseUrl: 'https://example.com/git/api/v4',
            },
          ],
        },
      ),
    )!;
    const at = 'https://example.com/git/acme/services';
    expect(gitlab.urls('stock')).toEqual({
      remoteUrl: `${at}/stock.git`,
      browseUrl: `${at}/stock`,
      repoContentsUrl: `${at}/stock/-/blob/main`,
    });
    expect(gitlab.nameOf(`${at}/stock/-/tree/main/`)).toBe('stock');
    expect(gitlab.nameOf(`${at}/subgroup/stock/-/tree/main/`)).toBeUndefined();
  });
});
