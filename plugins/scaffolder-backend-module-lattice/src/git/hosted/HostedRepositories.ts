import { ConflictError, NotFoundError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import type {
  ChangeOptions,
  OverwriteOptions,
  ProposedChange,
  PublishedRepository,
  PublishOptions,
  RepositoryEntry,
  SourceRepositories,
} from '../GitRepositories';
import { checkBranchName } from '../branchName';
import { draftRepository } from '../local/draftRepository';
import { mergeTrees } from '../local/mergeTrees';
import { overlayTree } from '../local/overlayTree';
import { BRANCH, RENDERED } from '../local/refs';
import { readRepositoryEntry } from '../readRepositoryEntry';
import { archivedError, takenError } from '../repositoryErrors';
import { checkRepositoryName } from '../repositoryName';
import type { RepositoryUrls } from '../repositoryUrls';
import { hostError, problemOfGit } from './hostError';
import { overwriteDefaultBranch } from './overwriteDefaultBranch';
import { PROPOSED, Proposals, updateBranch, updateTitle } from './Proposals';
import { renderingMessage } from './renderingMessage';
import type { HostedRepository, RepositoryHost } from './RepositoryHost';
import {
  commitTree,
  openDefaultBranch,
  openWorkbench,
  readRendering,
  treeOf,
  withFolder,
  type Workbench,
} from './Workbench';

/**
 * Repositories of an organization or group of a source control host. What is known about who wrote them is in the
 * repositories themselves: the output of the template is kept at `refs/lattice/rendered`, with trailers in its
 * messages. What the template writes anew into a repository that is there waits in a pull or merge request; only
 * {@link HostedRepositories.overwrite} writes to its default branch.
 */
export class HostedRepositories implements SourceRepositories {
  static create(options: { host: RepositoryHost }): HostedRepositories {
    return new HostedRepositories(options.host, Proposals.create(options));
  }

  private constructor(
    private readonly host: RepositoryHost,
    private readonly proposals: Proposals,
  ) {}

  urls(name: string): RepositoryUrls {
    return this.host.urls(name);
  }

  nameOf(url: string): string | undefined {
    return this.host.nameOf(url);
  }

  async publish(options: PublishOptions): Promise<PublishedRepository> {
    const { host } = this;
    const name = checkRepositoryName(options.name);
    const message = renderingMessage({
      ...options.origin,
      message: options.message,
      run: options.publishedBy,
    });
    return this.asking(`publish repository ${name}`, () =>
      withFolder(async gitdir => {
        const rendering = await draftRepository({
          ...options,
          gitdir,
          message,
        });
        const found = await host.find(name);
        if (found?.archived) {
          throw archivedError(name);
        }
        const unfinished = unfinishedBy(options.publishedBy);
        if (found && found.description !== unfinished) {
          const bench = await openWorkbench({ host: this.host, name, gitdir });
          return this.publishAgain({ ...options, bench, rendering });
        }
        if (!found) {
          await this.make({ name, description: unfinished });
        }
        try {
          return await this.fill({ ...options, name, gitdir, rendering });
        } catch (error) {
          throw await this.takeEmptyBack({ name, error });
        }
      }),
    );
  }

  async takeBack(options: {
    name: string;
    publishedBy: string;
  }): Promise<'removed' | 'reverted' | undefined> {
    const { host } = this;
    const { publishedBy } = options;
    const name = checkRepositoryName(options.name);
    return this.asking(`take back repository ${name}`, async () => {
      const found = await host.find(name);
      if (!found || found.archived) {
        return undefined;
      }
      if (found.description === unfinishedBy(publishedBy)) {
        await host.remove(name);
        return 'removed';
      }
      return withFolder(async gitdir => {
        await git.init({ fs, dir: gitdir, bare: true, defaultBranch: 'main' });
        const bench = await openWorkbench({ host: this.host, name, gitdir });
        const proposed = await readRendering(bench, PROPOSED);
        if (proposed?.run === publishedBy) {
          return this.proposals.withdraw({ bench, proposed });
        }
        const rendered = await readRendering(bench, RENDERED);
        const branches = [...bench.refs.keys()].filter(ref =>
          ref.startsWith('refs/heads/'),
        );
        const untouched =
          rendered?.first &&
          rendered.run === publishedBy &&
          branches.length === 1 &&
          bench.refs.get(BRANCH) === rendered.oid;
        if (!untouched) {
          return undefined;
        }
        await host.remove(name);
        return 'removed';
      });
    });
  }

  async change(options: ChangeOptions): Promise<ProposedChange> {
    const { host } = this;
    const { branch, title, author, description = '' } = options;
    checkBranchName(branch);
    const name = checkRepositoryName(options.name);
    return this.asking(`change repository ${name}`, async () => {
      const found = await this.findThere(name);
      if (found.archived) {
        throw archivedError(name);
      }
      return withFolder(async gitdir => {
        const over = await draftRepository({
          ...options,
          gitdir,
          message: title,
        });
        const { bench, head } = await openDefaultBranch({
          host,
          name,
          gitdir,
          found,
        });
        const { remote, refs } = bench;
        const tree = await overlayTree({ gitdir, base: head, over });
        if (tree === (await treeOf(gitdir, head))) {
          return {
            changed: false,
            url: host.urls(name).browseUrl,
            commitHash: head,
          };
        }
        const ref = `refs/heads/${branch}`;
        const there = refs.get(ref);
        if (there) {
          await remote.fetch(ref);
          const same = await overlayTree({ gitdir, base: there, over });
          if (same !== (await treeOf(gitdir, there))) {
            throw new ConflictError(
              `Repository ${name} has a branch ${branch} already, and it holds something else. Merge or delete that branch, then run the template again.`,
            );
          }
        }
        const commitHash =
          there ??
          (await commitTree({
            gitdir,
            tree,
            parent: [head],
            message: title,
            author,
          }));
        if (!there) {
          await remote.push({ commit: commitHash, ref });
        }
        const { url } = await this.proposals.request({
          name,
          branch,
          into: found.defaultBranch,
          title,
          description,
        });
        return { changed: true, url, commitHash };
      });
    });
  }

  async overwrite(options: OverwriteOptions): Promise<string> {
    const { title, author } = options;
    const name = checkRepositoryName(options.name);
    return this.asking(`write to repository ${name}`, async () => {
      const found = await this.findThere(name);
      return withFolder(async gitdir => {
        const over = await draftRepository({
          ...options,
          gitdir,
          message: title,
        });
        const { host } = this;
        const commit = { host, name, gitdir, found, over, title, author };
        return overwriteDefaultBranch(commit);
      });
    });
  }

  async read(options: {
    name: string;
    path: string;
  }): Promise<RepositoryEntry> {
    const { path } = options;
    const name = checkRepositoryName(options.name);
    return this.asking(`read repository ${name}`, async () => {
      const found = await this.findThere(name);
      return withFolder(async gitdir => {
        await git.init({ fs, dir: gitdir, bare: true, defaultBranch: 'main' });
        const { head } = await openDefaultBranch({
          host: this.host,
          name,
          gitdir,
          found,
        });
        return readRepositoryEntry({ gitdir, commitHash: head, path });
      });
    });
  }

  async archive(options: {
    name: string;
  }): Promise<'archived' | 'archived before' | undefined> {
    const name = checkRepositoryName(options.name);
    return this.asking(`archive repository ${name}`, async () => {
      const found = await this.host.find(name);
      if (!found) {
        return undefined;
      }
      if (found.archived) {
        return 'archived before';
      }
      await this.host.archive(name);
      return 'archived';
    });
  }

  /** Tells what a host's refusal means. */
  private async asking<T>(doing: string, ask: () => Promise<T>): Promise<T> {
    const { host } = this;
    try {
      return await ask();
    } catch (error) {
      const problem = problemOfGit(error) ?? host.problemOf(error);
      throw problem ? hostError({ host, doing, problem }) : error;
    }
  }

  private async findThere(name: string): Promise<HostedRepository> {
    const found = await this.host.find(name);
    if (!found) {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    return found;
  }

  /** The description says what is unfinished, so that the same run can go on after a restart. */
  private async make(options: {
    name: string;
    description: string;
  }): Promise<void> {
    try {
      await this.host.create(options);
    } catch (error) {
      if (this.host.problemOf(error)?.kind === 'taken') {
        throw takenError(options.name);
      }
      throw error;
    }
  }

  private async fill(
    options: PublishOptions & { gitdir: string; rendering: string },
  ): Promise<PublishedRepository> {
    const { name, gitdir, rendering, description = '' } = options;
    const { remote, refs } = await openWorkbench({
      host: this.host,
      name,
      gitdir,
    });
    const there = refs.get(BRANCH);
    if (!there) {
      await remote.push({ commit: rendering, ref: RENDERED, force: true });
      await remote.push({ commit: rendering, ref: BRANCH });
    }
    await this.host.describe({ name, description });
    return { commitHash: there ?? rendering, created: true, updated: false };
  }

  /** Nobody has seen it yet. @returns the error to throw */
  private async takeEmptyBack(options: {
    name: string;
    error: unknown;
  }): Promise<unknown> {
    const { name, error } = options;
    const { host } = this;
    const doing = `publish repository ${name}`;
    const problem = problemOfGit(error) ?? host.problemOf(error);
    const told = problem ? hostError({ host, doing, problem }) : error;
    try {
      await host.remove(name);
    } catch {
      if (told instanceof Error) {
        told.message += ` It couldn't be removed either: delete ${
          host.urls(name).browseUrl
        } before you run the template again.`;
      }
    }
    return told;
  }

  private async publishAgain(
    options: PublishOptions & { bench: Workbench; rendering: string },
  ): Promise<PublishedRepository> {
    const { bench, name, publishedBy, origin } = options;
    const { gitdir, remote, refs } = bench;
    const head = refs.get(BRANCH);
    const [rendered, waiting] = [
      await readRendering(bench, RENDERED),
      await readRendering(bench, PROPOSED),
    ];
    if (!head || !rendered) {
      throw takenError(name);
    }
    const merged = waiting && (await this.proposals.settle({ bench, waiting }));
    const base = merged ?? rendered;
    const proposed = merged ? undefined : waiting;
    const tree = await treeOf(gitdir, options.rendering);
    if (base.tree === tree) {
      return {
        commitHash: head,
        created: base.first && base.run === publishedBy,
        updated: !base.first && base.run === publishedBy,
      };
    }
    if (
      !options.mayUpdate ||
      !origin ||
      rendered.template !== origin.template ||
      rendered.owner !== origin.owner
    ) {
      throw takenError(name);
    }
    const updated = { commitHash: head, created: false, updated: true };
    if (
      proposed?.tree === tree &&
      this.proposals.isThere({ bench, proposed })
    ) {
      const change = await this.proposals.propose({ name, origin, proposed });
      return {
        ...updated,
        updated: proposed.run === publishedBy,
        changeUrl: change.url,
      };
    }
    await remote.fetch(BRANCH);
    const content = await mergeTrees({
      name,
      gitdir,
      base: base.tree,
      ours: head,
      theirs: tree,
    });
    const { message, author } = options;
    if (content === (await treeOf(gitdir, head))) {
      const commit = await commitTree({
        gitdir,
        tree,
        parent: [base.oid],
        author,
        message: renderingMessage({ ...origin, message, run: publishedBy }),
      });
      await remote.push({ commit, ref: RENDERED });
      return { ...updated, updated: false };
    }
    const commit = await commitTree({
      gitdir,
      tree: content,
      parent: [head],
      author,
      message: updateTitle(origin),
    });
    const oid = await commitTree({
      gitdir,
      tree,
      parent: [base.oid],
      author,
      message: renderingMessage({
        ...origin,
        message,
        run: publishedBy,
        commit,
      }),
    });
    if (proposed) {
      await this.proposals.supersede({ bench, proposed });
    }
    await remote.push({ commit: oid, ref: PROPOSED, force: true });
    await remote.push({ commit, ref: `refs/heads/${updateBranch(commit)}` });
    const { url } = await this.proposals.propose({
      name,
      origin,
      proposed: { commit },
    });
    return { ...updated, changeUrl: url };
  }
}

function unfinishedBy(run: string): string {
  return `Being written by the portal, run ${run}`;
}
