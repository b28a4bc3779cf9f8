import { NotFoundError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemoteGit } from './RemoteGit';
import { readRenderingMessage, type RenderingRecord } from './renderingMessage';
import type { HostedRepository, RepositoryHost } from './RepositoryHost';

/** A commit of the template's output with what its message tells. */
export interface Rendering extends RenderingRecord {
  commit?: string;
  oid: string;
  tree: string;
  first: boolean;
}

/** A repository of the host, with a bare repository on this machine for the time of one call. */
export interface Workbench {
  name: string;
  gitdir: string;
  remote: RemoteGit;
  refs: Map<string, string>;
}

/** Lends a folder for the time of one call. */
export async function withFolder<T>(
  use: (gitdir: string) => Promise<T>,
): Promise<T> {
  const gitdir = await fs.promises.mkdtemp(join(tmpdir(), 'lattice-git-'));
  try {
    return await use(gitdir);
  } finally {
    await fs.promises.rm(gitdir, { recursive: true, force: true });
  }
}

/** Reads the refs of a repository of the host. */
export async function openWorkbench(options: {
  host: RepositoryHost;
  name: string;
  /** Bare repository on this machine. */
  gitdir: string;
}): Promise<Workbench> {
  const { host, name, gitdir } = options;
  const remote = RemoteGit.create({
    url: host.urls(name).remoteUrl,
    gitdir,
    credentials: await host.credentials(),
  });
  return { name, gitdir, remote, refs: await remote.refs() };
}

/**
 * Opens a repository and fetches the newest commit of its default branch.
 *
 * @throws NotFoundError when it has no such branch
 */
export async function openDefaultBranch(
  options: Parameters<typeof openWorkbench>[0] & { found: HostedRepository },
): Promise<{ bench: Workbench; ref: string; head: string }> {
  const { name, found } = options;
  const bench = await openWorkbench(options);
  const ref = `refs/heads/${found.defaultBranch}`;
  const head = bench.refs.get(ref);
  if (!head) {
    throw new NotFoundError(
      `Repository ${name} has no branch ${found.defaultBranch}`,
    );
  }
  await bench.remote.fetch(ref);
  return { bench, ref, head };
}

/** Tree of a commit. */
export async function treeOf(gitdir: string, oid: string): Promise<string> {
  return (await git.readTree({ fs, gitdir, oid })).oid;
}

/** Commits a tree; no ref is moved. */
export async function commitTree(options: {
  gitdir: string;
  tree: string;
  parent: string[];
  message: string;
  author: { name: string; email: string };
}): Promise<string> {
  return git.commit({ fs, ...options, noUpdateBranch: true });
}

/** Reads what the template wrote, where a ref keeps it. */
export async function readRendering(
  bench: Workbench,
  ref: string,
): Promise<Rendering | undefined> {
  const { gitdir, refs, remote } = bench;
  const oid = refs.get(ref);
  if (!oid) {
    return undefined;
  }
  await remote.fetch(ref);
  const { commit } = await git.readCommit({ fs, gitdir, oid });
  return {
    ...readRenderingMessage(commit.message),
    oid,
    tree: commit.tree,
    first: commit.parent.length === 0,
  };
}
