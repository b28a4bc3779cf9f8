import git from 'isomorphic-git';
import fs from 'node:fs';
import type { FileTree } from './FileTree';

/** Of everything in a commit, in bytes: what is bigger is no service's repository. */
const MOST_BYTES = 20_000_000;

/**
 * Reads all files of a commit.
 *
 * @throws Error when it holds more than 20 MB.
 */
export async function readFileTree(options: {
  gitdir: string;
  commitHash: string;
}): Promise<FileTree> {
  const { gitdir, commitHash } = options;
  const files = new Map<string, Buffer>();
  let bytes = 0;
  await git.walk({
    fs,
    gitdir,
    trees: [git.TREE({ ref: commitHash })],
    map: async (path, [entry]) => {
      if (entry && (await entry.type()) === 'blob') {
        const content = Buffer.from((await entry.content()) ?? []);
        bytes += content.length;
        if (bytes > MOST_BYTES) {
          throw new Error(`The commit ${commitHash} holds more than 20 MB`);
        }
        files.set(path, content);
      }
      return path;
    },
  });
  return { commitHash, files };
}
