import git from 'isomorphic-git';
import fs from 'node:fs';
import { mergeTrees } from './mergeTrees';
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
  const merged = await mergeTrees({
    name,
    gitdir,
    base: renderedBefore,
    ours: before,
    theirs: rendering,
  });
  const commit = async (tree: string, parent: string[]) =>
    git.commit({
      fs,
      gitdir,
      message,
      author,
      tree,
      parent,
      noUpdateBranch: true,
    });
  const { oid: tree } = await git.readTree({ fs, gitdir, oid: rendering });
  const rendered = await commit(tree, [renderedBefore]);
  const after =
    before === renderedBefore
      ? rendered
      : await commit(merged, [before, rendered]);
  const refs = { [BRANCH]: after, [RENDERED]: rendered };
  for (const [ref, value] of Object.entries(refs)) {
    await git.writeRef({ fs, gitdir, ref, value, force: true });
  }
  return { before, after, renderedBefore };
}
