import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import { join, resolve } from 'node:path';
import type {
  GitRepositories,
  PublishedRepository,
  PublishOptions,
  RepositoryEntry,
} from './GitRepositories';
import { readRepositoryEntry } from './readRepositoryEntry';
import { checkRepositoryName } from './repositoryName';

const BRANCH = 'refs/heads/main';
const PUBLISHED_BY = 'lattice.publishedby';
const OBJECT = /^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/;

/**
 * Bare repositories in a folder of this machine, written by isomorphic-git: no git program is needed.
 *
 * @public
 */
export class LocalGitRepositories implements GitRepositories {
  static create(options: { directory: string }): LocalGitRepositories {
    return new LocalGitRepositories(resolve(options.directory));
  }

  private constructor(private readonly directory: string) {}

  async publish(options: PublishOptions): Promise<PublishedRepository> {
    const gitdir = this.pathOf(options.name);
    await fs.promises.mkdir(this.directory, { recursive: true });
    // Written aside and renamed when whole: nobody ever reads half a repository.
    const draft = await fs.promises.mkdtemp(join(this.directory, '.draft-'));
    try {
      const commitHash = await this.commitTo({ ...options, gitdir: draft });
      if (await moveUnlessThere({ from: draft, to: gitdir })) {
        return { commitHash, created: true };
      }
      return await this.reuse({ ...options, gitdir, draft });
    } finally {
      await fs.promises.rm(draft, { recursive: true, force: true });
    }
  }

  async removeIfPublishedBy(options: {
    name: string;
    publishedBy: string;
  }): Promise<boolean> {
    const gitdir = this.pathOf(options.name);
    if ((await readPublisher(gitdir)) !== options.publishedBy) {
      return false;
    }
    await fs.promises.rm(gitdir, { recursive: true, force: true });
    return true;
  }

  async list(): Promise<string[]> {
    const names = await fs.promises
      .readdir(this.directory)
      .catch(() => [] as string[]);
    return names
      .filter(name => name.endsWith('.git'))
      .map(name => name.slice(0, -'.git'.length))
      .sort();
  }

  async read(options: {
    name: string;
    path: string;
  }): Promise<RepositoryEntry> {
    const gitdir = this.pathOf(options.name);
    const commitHash = await this.headOf(options.name);
    return readRepositoryEntry({ gitdir, commitHash, path: options.path });
  }

  async readProtocolFile(options: {
    name: string;
    path: string;
  }): Promise<Buffer> {
    const head = await this.headOf(options.name);
    if (options.path === 'info/refs') {
      return Buffer.from(`${head}\t${BRANCH}\n`);
    }
    if (options.path === 'HEAD') {
      return Buffer.from(`ref: ${BRANCH}\n`);
    }
    if (OBJECT.test(options.path)) {
      const file = join(this.pathOf(options.name), options.path);
      const content = await fs.promises.readFile(file).catch(() => undefined);
      if (content) {
        return content;
      }
    }
    throw new NotFoundError(`No ${options.path} in ${options.name}`);
  }

  private pathOf(name: string): string {
    return resolveSafeChildPath(
      this.directory,
      `${checkRepositoryName(name)}.git`,
    );
  }

  private async headOf(name: string): Promise<string> {
    const gitdir = this.pathOf(name);
    const head = await git
      .resolveRef({ fs, gitdir, ref: BRANCH })
      .catch(() => undefined);
    if (!head) {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    return head;
  }

  private async commitTo(
    options: PublishOptions & { gitdir: string },
  ): Promise<string> {
    const { gitdir, directory: dir } = options;
    await git.init({ fs, dir: gitdir, bare: true, defaultBranch: 'main' });
    await git.setConfig({
      fs,
      gitdir,
      path: PUBLISHED_BY,
      value: options.publishedBy,
    });
    await git.add({ fs, dir, gitdir, filepath: '.' });
    if ((await git.listFiles({ fs, dir, gitdir })).length === 0) {
      throw new InputError('There is no file to publish');
    }
    const { message, author } = options;
    const commitHash = await git.commit({ fs, dir, gitdir, message, author });
    // A bare repository has no index; a left-over one confuses git's own commands.
    await fs.promises.rm(join(gitdir, 'index'), { force: true });
    return commitHash;
  }

  private async reuse(options: {
    name: string;
    publishedBy: string;
    gitdir: string;
    draft: string;
  }): Promise<PublishedRepository> {
    const there = await this.headOf(options.name);
    const [before, now] = await Promise.all([
      git.readTree({ fs, gitdir: options.gitdir, oid: there }),
      git.readTree({
        fs,
        gitdir: options.draft,
        oid: await git.resolveRef({ fs, gitdir: options.draft, ref: BRANCH }),
      }),
    ]);
    if (before.oid !== now.oid) {
      throw new ConflictError(
        `There is a repository ${options.name} already, and it holds other content. Choose another name, or remove that repository first.`,
      );
    }
    const publisher = await readPublisher(options.gitdir);
    return { commitHash: there, created: publisher === options.publishedBy };
  }
}

async function readPublisher(gitdir: string): Promise<string | undefined> {
  return git
    .getConfig({ fs, gitdir, path: PUBLISHED_BY })
    .catch(() => undefined);
}

async function moveUnlessThere(options: {
  from: string;
  to: string;
}): Promise<boolean> {
  try {
    await fs.promises.rename(options.from, options.to);
    return true;
  } catch (error) {
    if (
      ['ENOTEMPTY', 'EEXIST'].includes(
        (error as NodeJS.ErrnoException).code ?? '',
      )
    ) {
      return false;
    }
    throw error;
  }
}
