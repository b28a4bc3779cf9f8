import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { checkBranchName } from './branchName';
import type {
  ChangeOptions,
  GitRepositories,
  OverwriteOptions,
  ProposedChange,
  PublishedRepository,
  PublishOptions,
  RepositoryEntry,
} from './GitRepositories';
import { copyObjects, draftRepository } from './local/draftRepository';
import { mergeRendering } from './local/mergeRendering';
import { moveUnlessThere } from './local/moveUnlessThere';
import { overlayTree } from './local/overlayTree';
import { BRANCH, RENDERED } from './local/refs';
import { readRecord, writeRecord } from './local/repositoryRecord';
import { readRepositoryEntry } from './readRepositoryEntry';
import { archivedError, takenError } from './repositoryErrors';
import { checkRepositoryName } from './repositoryName';
import {
  branchUrl,
  parseRepositoryUrl,
  type RepositoryUrls,
  repositoryUrls,
} from './repositoryUrls';

const OBJECT = /^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/;

/**
 * Bare repositories in a folder of this machine, written by isomorphic-git: no git program is needed.
 *
 * @public
 */
export class LocalGitRepositories implements GitRepositories {
  static create(options: {
    directory: string;
    /** Where the repositories are served. */
    baseUrl: string;
  }): LocalGitRepositories {
    return new LocalGitRepositories(
      resolve(options.directory),
      options.baseUrl,
    );
  }

  private constructor(
    private readonly directory: string,
    private readonly baseUrl: string,
  ) {}

  urls(name: string): RepositoryUrls {
    return repositoryUrls({ baseUrl: this.baseUrl, name });
  }

  nameOf(url: string): string | undefined {
    const { baseUrl } = this;
    return parseRepositoryUrl({ baseUrl, url })?.name;
  }

  async publish(options: PublishOptions): Promise<PublishedRepository> {
    const gitdir = this.pathOf(options.name);
    return this.withDraft(options, async (draft, commitHash) => {
      const { publishedBy, origin } = options;
      await writeRecord(draft, { publishedby: publishedBy, ...origin });
      if (await moveUnlessThere({ from: draft, to: gitdir })) {
        return { commitHash, created: true, updated: false };
      }
      return this.publishAgain({ ...options, gitdir, draft, commitHash });
    });
  }

  async takeBack(options: {
    name: string;
    publishedBy: string;
  }): Promise<'removed' | 'reverted' | undefined> {
    const gitdir = this.pathOf(options.name);
    const record = await readRecord(gitdir);
    if (record.updatedby === options.publishedBy) {
      const { before, after, renderedbefore } = record;
      const head = await this.headOf(options.name);
      if (head !== after || !before || !renderedbefore) {
        return undefined;
      }
      const refs = { [BRANCH]: before, [RENDERED]: renderedbefore };
      for (const [ref, value] of Object.entries(refs)) {
        await git.writeRef({ fs, gitdir, ref, value, force: true });
      }
      await writeRecord(gitdir, { updatedby: undefined });
      return 'reverted';
    }
    if (record.publishedby !== options.publishedBy) {
      return undefined;
    }
    await fs.promises.rm(gitdir, { recursive: true, force: true });
    return 'removed';
  }

  async change(options: ChangeOptions): Promise<ProposedChange> {
    const { name, branch, title, author } = options;
    checkBranchName(branch);
    const gitdir = this.pathOf(name);
    const head = await this.headOf(name);
    await this.assertNotArchived(name);
    const ref = `refs/heads/${branch}`;
    return this.withDraft(
      { ...options, message: title },
      async (draft, over) => {
        await copyObjects({ from: draft, to: gitdir });
        const tree = await overlayTree({ gitdir, base: head, over });
        const treeOf = async (oid: string) =>
          (await git.readTree({ fs, gitdir, oid })).oid;
        if (tree === (await treeOf(head))) {
          const { browseUrl: url } = this.urls(name);
          return { changed: false, url, commitHash: head };
        }
        const url = branchUrl({ baseUrl: this.baseUrl, name, branch });
        const there = await resolveRef(gitdir, ref);
        const same =
          there && (await overlayTree({ gitdir, base: there, over }));
        if (there && same !== (await treeOf(there))) {
          throw new ConflictError(
            `Repository ${name} has a branch ${branch} already, and it holds something else. Merge or delete that branch, then run the template again.`,
          );
        }
        const commitHash =
          there ??
          (await git.commit({
            fs,
            gitdir,
            message: title,
            author,
            tree,
            parent: [head],
            ref,
          }));
        return { changed: true, url, commitHash };
      },
    );
  }

  async overwrite(options: OverwriteOptions): Promise<string> {
    const { name, title, author } = options;
    const gitdir = this.pathOf(name);
    const head = await this.headOf(name);
    return this.withDraft(
      { ...options, message: title },
      async (draft, over) => {
        await copyObjects({ from: draft, to: gitdir });
        const tree = await overlayTree({ gitdir, base: head, over });
        if (tree === (await git.readTree({ fs, gitdir, oid: head })).oid) {
          return head;
        }
        await this.assertNotArchived(name);
        return git.commit({
          fs,
          gitdir,
          message: title,
          author,
          tree,
          parent: [head],
          ref: BRANCH,
        });
      },
    );
  }

  async archive(options: {
    name: string;
  }): Promise<'archived' | 'archived before' | undefined> {
    const gitdir = this.pathOf(options.name);
    if (!(await resolveRef(gitdir, BRANCH))) {
      return undefined;
    }
    if (await this.isArchived(options)) {
      return 'archived before';
    }
    await writeRecord(gitdir, { archived: new Date().toISOString() });
    return 'archived';
  }

  async isArchived(options: { name: string }): Promise<boolean> {
    const { archived } = await readRecord(this.pathOf(options.name));
    return archived !== undefined;
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
    branch?: string;
  }): Promise<RepositoryEntry> {
    const { name, path, branch = 'main' } = options;
    const gitdir = this.pathOf(name);
    const commitHash = await this.headOf(name, branch);
    return readRepositoryEntry({ gitdir, commitHash, path });
  }

  async readProtocolFile(options: {
    name: string;
    path: string;
  }): Promise<Buffer> {
    const { name, path } = options;
    const gitdir = this.pathOf(name);
    await this.headOf(name);
    if (path === 'info/refs') {
      const branches = (await git.listBranches({ fs, gitdir })).sort();
      const lines = branches.map(
        async branch =>
          `${await this.headOf(name, branch)}\trefs/heads/${branch}\n`,
      );
      return Buffer.from((await Promise.all(lines)).join(''));
    }
    if (path === 'HEAD') {
      return Buffer.from(`ref: ${BRANCH}\n`);
    }
    if (OBJECT.test(path)) {
      const content = await fs.promises
        .readFile(join(gitdir, path))
        .catch(() => undefined);
      if (content) {
        return content;
      }
    }
    throw new NotFoundError(`No ${path} in ${name}`);
  }

  private pathOf(name: string): string {
    return resolveSafeChildPath(
      this.directory,
      `${checkRepositoryName(name)}.git`,
    );
  }

  private async headOf(name: string, branch = 'main'): Promise<string> {
    const head = await resolveRef(this.pathOf(name), `refs/heads/${branch}`);
    if (!head) {
      throw new NotFoundError(
        branch === 'main'
          ? `There is no repository ${name}`
          : `Repository ${name} has no branch ${branch}`,
      );
    }
    return head;
  }

  private async assertNotArchived(name: string): Promise<void> {
    if (await this.isArchived({ name })) {
      throw archivedError(name);
    }
  }

  /** Written aside and renamed when whole: nobody ever reads half a repository. */
  private async withDraft<T>(
    options: Omit<Parameters<typeof draftRepository>[0], 'gitdir'>,
    use: (gitdir: string, commitHash: string) => Promise<T>,
  ): Promise<T> {
    const { directory, message, author } = options;
    await fs.promises.mkdir(this.directory, { recursive: true });
    const gitdir = await fs.promises.mkdtemp(join(this.directory, '.draft-'));
    try {
      const draft = { gitdir, directory, message, author };
      return await use(gitdir, await draftRepository(draft));
    } finally {
      await fs.promises.rm(gitdir, { recursive: true, force: true });
    }
  }

  private async publishAgain(
    options: PublishOptions & {
      gitdir: string;
      draft: string;
      commitHash: string;
    },
  ): Promise<PublishedRepository> {
    const { name, gitdir, draft, publishedBy, origin, message, author } =
      options;
    const record = await readRecord(gitdir);
    const head = await this.headOf(name);
    await this.assertNotArchived(name);
    const rendered = (await resolveRef(gitdir, RENDERED)) ?? head;
    const [before, now] = await Promise.all([
      git.readTree({ fs, gitdir, oid: rendered }),
      git.readTree({ fs, gitdir: draft, oid: options.commitHash }),
    ]);
    if (before.oid === now.oid) {
      return {
        commitHash: head,
        created: record.publishedby === publishedBy,
        updated: record.updatedby === publishedBy,
      };
    }
    if (
      !options.mayUpdate ||
      !origin ||
      record.template !== origin.template ||
      record.owner !== origin.owner
    ) {
      throw takenError(name);
    }
    await copyObjects({ from: draft, to: gitdir });
    const merged = await mergeRendering({
      name,
      gitdir,
      rendering: options.commitHash,
      message,
      author,
    });
    await writeRecord(gitdir, {
      updatedby: publishedBy,
      before: merged.before,
      after: merged.after,
      renderedbefore: merged.renderedBefore,
    });
    return { commitHash: merged.after, created: false, updated: true };
  }
}

async function resolveRef(
  gitdir: string,
  ref: string,
): Promise<string | undefined> {
  return git.resolveRef({ fs, gitdir, ref }).catch(() => undefined);
}
