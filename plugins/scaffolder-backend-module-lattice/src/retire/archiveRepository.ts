import type { SourceRepositories } from '../git/GitRepositories';
import { plannedStep, type RetireStep } from './RetireStep';

/** Name of the portal's repository that one of the addresses leads to. */
export function repositoryOf(options: {
  repositories?: SourceRepositories;
  sourceUrls: string[];
}): string | undefined {
  return options.sourceUrls
    .flatMap(url => options.repositories?.nameOf(url) ?? [])
    .at(0);
}

/** Makes a repository one that can be read but not written any more. */
export async function archiveRepository(options: {
  repositories?: SourceRepositories;
  /** Absent: the catalog tells none of the portal. */
  repository?: string;
  sourceUrls: string[];
}): Promise<RetireStep> {
  const { repositories, repository, sourceUrls } = options;
  const what = 'repository';
  if (!repositories || !repository) {
    return {
      what,
      result: 'left',
      message: `The entity tells no repository of the portal: archive by hand what there is (${
        sourceUrls.join(', ') || 'no address known'
      })`,
    };
  }
  const archived = await repositories.archive({ name: repository });
  const { browseUrl } = repositories.urls(repository);
  return archived === undefined
    ? { what, result: 'nothing', message: `There is no ${browseUrl}` }
    : {
        what,
        result: archived === 'archived' ? 'done' : 'nothing',
        message: `${browseUrl} is ${archived}`,
      };
}

/** What would become of a repository. */
export function plannedRepository(repository: string | undefined): RetireStep {
  return plannedStep(
    'repository',
    repository && `To archive: ${repository}`,
    'The entity tells no repository of the portal',
  );
}
