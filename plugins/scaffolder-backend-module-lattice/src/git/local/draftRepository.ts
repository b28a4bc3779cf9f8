import { InputError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import { join } from 'node:path';
import { BRANCH, RENDERED } from './refs';

/**
 * Makes a bare repository of a folder, with one commit on `main`.
 *
 * @returns the commit
 * @throws InputError when the folder holds no file
 */
export async function draftRepository(options: {
  gitdir: string;
  directory: string;
  message: string;
  author: { name: string; email: string };
}): Promise<string> {
  const { gitdir, directory: dir, message, author } = options;
  await git.init({ fs, dir: gitdir, bare: true, defaultBranch: 'main' });
  await git.add({ fs, dir, gitdir, filepath: '.' });
  if ((await git.listFiles({ fs, dir, gitdir })).length === 0) {
    throw new InputError('There is no file to publish');
  }
  const commitHash = await git.commit({ fs, dir, gitdir, message, author });
  // A bare repository has no index; a left-over one confuses git's own commands.
  await fs.promises.rm(join(gitdir, 'index'), { force: true });
  for (const ref of [BRANCH, RENDERED]) {
    await git.writeRef({ fs, gitdir, ref, value: commitHash, force: true });
  }
  return commitHash;
}

/** Copies all objects of one repository into another. Objects are named by their content, so nothing is overwritten. */
export async function copyObjects(options: {
  from: string;
  to: string;
}): Promise<void> {
  await fs.promises.cp(
    join(options.from, 'objects'),
    join(options.to, 'objects'),
    { recursive: true, force: false },
  );
}
