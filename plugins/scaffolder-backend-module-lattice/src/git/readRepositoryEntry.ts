import { NotFoundError } from '@backstage/errors';
import git, { type TreeEntry } from 'isomorphic-git';
import fs from 'node:fs';
import type { RepositoryEntry } from './GitRepositories';

/**
 * Reads a file or a folder of a commit.
 *
 * @throws NotFoundError when the commit has no such path
 */
export async function readRepositoryEntry(options: {
  gitdir: string;
  commitHash: string;
  path: string;
}): Promise<RepositoryEntry> {
  const { gitdir, commitHash } = options;
  const path = options.path.split('/').filter(Boolean).join('/');
  if (path === '') {
    const { tree } = await git.readTree({ fs, gitdir, oid: commitHash });
    return toDirectory(tree, commitHash);
  }
  const found = await git
    .readObject({ fs, gitdir, oid: commitHash, filepath: path })
    .catch(() => undefined);
  if (found?.type === 'blob' && found.object instanceof Uint8Array) {
    return { type: 'file', content: Buffer.from(found.object), commitHash };
  }
  if (found?.type === 'tree') {
    return toDirectory(found.object as TreeEntry[], commitHash);
  }
  throw new NotFoundError(`There is no '${path}' on main`);
}

function toDirectory(tree: TreeEntry[], commitHash: string): RepositoryEntry {
  const entries = tree.map(entry => ({
    name: entry.path,
    type: entry.type === 'tree' ? ('directory' as const) : ('file' as const),
  }));
  return { type: 'directory', entries, commitHash };
}
