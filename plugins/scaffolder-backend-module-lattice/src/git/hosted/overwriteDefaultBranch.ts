import { NotAllowedError } from '@backstage/errors';
import { overlayTree } from '../local/overlayTree';
import { archivedError } from '../repositoryErrors';
import { problemOfGit } from './hostError';
import type { HostedRepository, RepositoryHost } from './RepositoryHost';
import { commitTree, openDefaultBranch, treeOf } from './Workbench';

/** How often it is tried while others push at the same time. */
const TRIES = 3;

/**
 * Commits files to the default branch of a repository, on top of whatever it holds by then.
 *
 * @returns the commit the branch points at then
 * @throws NotAllowedError when the host refuses the push, as it does for protected branches
 * @throws ConflictError when the repository is archived
 */
export async function overwriteDefaultBranch(options: {
  host: RepositoryHost;
  name: string;
  /** Bare repository on this machine that holds `over`. */
  gitdir: string;
  found: HostedRepository;
  /** Commit whose files are put there. */
  over: string;
  title: string;
  author: { name: string; email: string };
}): Promise<string> {
  const { host, name, gitdir, found, over, title, author } = options;
  for (let tries = 1; ; tries++) {
    const { bench, head, ref } = await openDefaultBranch(options);
    const tree = await overlayTree({ gitdir, base: head, over });
    if (tree === (await treeOf(gitdir, head))) {
      return head;
    }
    if (found.archived) {
      throw archivedError(name);
    }
    const commit = await commitTree({
      gitdir,
      tree,
      parent: [head],
      message: title,
      author,
    });
    try {
      await bench.remote.push({ commit, ref });
      return commit;
    } catch (error) {
      const problem = problemOfGit(error);
      if (problem?.kind !== 'refused') {
        throw error;
      }
      const moved = (await bench.remote.refs()).get(ref) !== head;
      if (!moved || tries === TRIES) {
        throw new NotAllowedError(
          `${host.title} refuses to take a commit on ${found.defaultBranch} of ${name}: ${problem.message}. Where that branch is protected, let the portal's credentials push to it, or make the change by a request.`,
        );
      }
    }
  }
}
