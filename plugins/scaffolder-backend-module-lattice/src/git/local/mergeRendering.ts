import { ConflictError } from '@backstage/errors';
import git, { Errors } from 'isomorphic-git';
import fs from 'node:fs';
import { BRANCH, RENDERED } from './refs';

/**
 * Merges what a template wrote anew into `main`: what people changed elsewhere stays.
 *
 * @throws ConflictError naming the files that people changed and the template changes too; `main` stays as it is
 */
export async function mergeRendering(options: {
  name: string;
  gitdir: string;
  /** Commit that holds what the template wrote now; its objects are in the repository. */
  rendering: string;
  message: string;
  author: { name: string; email: string };
}): Promise<{ before: string; after: string; renderedBefore: string }> {
  const { name, gitdir, rendering, message, author } = options;
  const [before, renderedBefore] = await Promise.all(
    [BRANCH, RENDERED].map(ref => git.resolveRef({ fs, gitdir, ref })),
  );
  const { oid: tree } = await git.readTree({ fs, gitdir, oid: rendering });
  const rendered = await git.commit({
    fs,
    gitdir,
    message,
    author,
    tree,
    parent: [renderedBefore],
    ref: 'refs/lattice/merging',
  });
  try {
    await git.merge({
      fs,
      gitdir,
      ours: BRANCH,
      theirs: rendered,
      message,
      author,
    });
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
    await git.deleteRef({ fs, gitdir, ref: 'refs/lattice/merging' });
  }
  await git.writeRef({
    fs,
    gitdir,
    ref: RENDERED,
    value: rendered,
    force: true,
  });
  const after = await git.resolveRef({ fs, gitdir, ref: BRANCH });
  return { before, after, renderedBefore };
}
