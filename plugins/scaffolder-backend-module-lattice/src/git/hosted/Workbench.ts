import git from 'isomorphic-git';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RemoteGit } from './RemoteGit';
import { readRenderingMessage, type RenderingRecord } from './renderingMessage';

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
