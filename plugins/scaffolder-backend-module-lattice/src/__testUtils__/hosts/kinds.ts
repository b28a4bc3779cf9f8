import { createRepositories } from '../../git/createRepositories';
import type { SourceRepositories } from '../../git/GitRepositories';
import { mockServices } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FakeHost, TOKEN } from './FakeHost';
import { fakeGithubApi } from './fakeGithubApi';
import { fakeGitlabApi } from './fakeGitlabApi';

const run = promisify(execFile);

export type Kind = 'local' | 'github' | 'gitlab';

/** Repositories of one kind, as the configuration makes them. */
export interface Subject {
  repositories: SourceRepositories;
  /** Configuration of the portal that leads to them. */
  data: any;
  /** Undefined of `local`. */
  host?: FakeHost;
  gitdir(name: string): string;
  /** Merges what waits, as people do on the host's page. */
  merge(options: { branch: string; squash?: boolean }): Promise<void>;
  /** Lets nobody push to `main` over HTTP, as branch protection does. */
  protect(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a host of a kind. The folder is for all it keeps. */
export async function startKind(options: {
  kind: Kind;
  directory: string;
}): Promise<Subject> {
  const { kind, directory } = options;
  const api = {
    github: fakeGithubApi,
    gitlab: fakeGitlabApi,
    local: undefined,
  }[kind];
  const host = api && (await FakeHost.start({ directory, api }));
  const data = {
    backend: { baseUrl: 'http://localhost:45704' },
    ...configOf({ kind, directory, host }),
  };
  const repositories = createRepositories(mockServices.rootConfig({ data }))!;
  const gitdir = (name: string) =>
    host ? host.gitdir(name) : join(directory, `${name}.git`);
  return {
    repositories,
    data,
    host,
    gitdir,
    async merge({ branch, squash }) {
      const change = host?.changes.find(it => it.branch === branch);
      if (!host || !change) {
        throw new Error(`There is no change of ${branch}`);
      }
      await commit({
        gitdir: gitdir(change.repository),
        clone: join(directory, 'merging'),
        work: async git => {
          if (squash) {
            await git('merge', '--squash', `origin/${branch}`);
            await git('commit', '-m', 'Squashed');
          } else {
            await git('merge', '--no-ff', `origin/${branch}`);
          }
          await git('push', 'origin', `:${branch}`);
        },
      });
      change.state = 'merged';
    },
    async protect(name) {
      // Git runs it for pushes over HTTP; those that come from a folder have no such variable.
      const hook = join(gitdir(name), 'hooks', 'update');
      await mkdir(dirname(hook), { recursive: true });
      await writeFile(
        hook,
        '#!/bin/sh\n[ -z "$REMOTE_USER" ] || [ "$1" != refs/heads/main ]\n',
        { mode: 0o755 },
      );
    },
    stop: async () => host?.stop(),
  };
}

/** Works in a clone as people do, and pushes `main`. */
export async function commit(options: {
  gitdir: string;
  clone: string;
  branch?: string;
  work: (git: (...args: string[]) => Promise<unknown>) => Promise<void>;
}): Promise<void> {
  const { gitdir, clone, branch = 'main' } = options;
  await run('rm', ['-rf', clone]);
  await run('git', ['clone', '-b', branch, gitdir, clone]);
  const who = ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.com'];
  const git = (...args: string[]) => run('git', ['-C', clone, ...who, ...args]);
  await options.work(git);
  await git('push', 'origin', branch);
}

function configOf(options: {
  kind: Kind;
  directory: string;
  host?: FakeHost;
}): any {
  const { kind, directory, host } = options;
  if (kind === 'local') {
    return { lattice: { repositories: { directory } } };
  }
  const access = { host: host!.host, token: TOKEN };
  const url = `http://${host!.host}`;
  return kind === 'github'
    ? {
        integrations: {
          github: [{ ...access, apiBaseUrl: `${url}/api/v3` }],
        },
        lattice: {
          repositories: {
            type: 'github',
            host: host!.host,
            organization: host!.owner,
            visibility: 'internal',
          },
        },
      }
    : {
        integrations: {
          gitlab: [{ ...access, baseUrl: url, apiBaseUrl: `${url}/api/v4` }],
        },
        lattice: {
          repositories: {
            type: 'gitlab',
            host: host!.host,
            group: host!.owner,
            visibility: 'internal',
          },
        },
      };
}
