import { ConflictError } from '@backstage/errors';
import git, { Errors } from 'isomorphic-git';
import fs from 'node:fs';

const PARTS = { name: 'merge', email: 'merge@localhost', timestamp: 0 };

/**
 * Merges two trees that came of a third. Only the trees count, not the history they have, so it works where only the
 * newest commits were fetched, and after a change was squashed.
 *
 * @returns the merged tree; it is written, no ref is
 * @throws ConflictError naming the files that both changed differently
 */
export async function mergeTrees(options: {
  /** For messages. */
  name: string;
  gitdir: string;
  /** Tree or commit the template wrote before. */
  base: string;
  /** Tree or commit people work on. */
  ours: string;
  /** Tree or commit the template writes now. */
  theirs: string;
}): Promise<string> {
  const { name, gitdir, base, ours, theirs } = options;
  const commit = async (oid: string, parent: string[]) =>
    git.commit({
      fs,
      gitdir,
      message: 'merge',
      author: PARTS,
      tree: (await git.readTree({ fs, gitdir, oid })).oid,
      parent,
      noUpdateBranch: true,
    });
  const from = await commit(base, []);
  const [left, right] = [
    await commit(ours, [from]),
    await commit(theirs, [from]),
  ];
  const refs = { 'refs/lattice/ours': left, 'refs/lattice/theirs': right };
  try {
    for (const [ref, value] of Object.entries(refs)) {
      await git.writeRef({ fs, gitdir, ref, value, force: true });
    }
    const { tree } = await git.merge({
      fs,
      gitdir,
      ours: 'refs/lattice/ours',
      theirs: 'refs/lattice/theirs',
      message: 'merge',
      author: PARTS,
    });
    return tree ?? (await git.readTree({ fs, gitdir, oid: left })).oid;
  } catch (error) {
    if (error instanceof Errors.MergeConflictError) {
      throw new ConflictError(
        `Repository ${name} was changed where the template changes it too: ${error.data.filepaths.join(
          ', ',
        )}. Nothing was overwritten. Move those changes elsewhere, or make them the template's own, then run the template again.`,
      );
    }
    throw error;
  } finally {
    for (const ref of Object.keys(refs)) {
      await git.deleteRef({ fs, gitdir, ref });
    }
  }
}
