import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkRepositoryName } from '../git/repositoryName';
import type { GitOptions } from './createGitPublishAction';

/**
 * The action `lattice:git:locate`: tells the addresses a repository has or will have, for files that have to name the
 * repository they are in, such as those of Argo CD and Flux.
 *
 * @public
 */
export function createGitLocateAction(
  options: Pick<GitOptions, 'repositories'>,
) {
  return createTemplateAction({
    id: 'lattice:git:locate',
    description:
      'Tells the addresses of a repository, whether or not it is there yet.',
    examples: [
      {
        description: 'Tell where the repository is going to be',
        example: `steps:
  - id: locate
    name: Find out where the repository goes
    action: lattice:git:locate
    input:
      repository: stock
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: { repository: z => z.string().describe('Name of the repository') },
      output: {
        remoteUrl: z => z.string().describe('For git clone'),
        browseUrl: z => z.string().describe('The page that shows the files'),
        repoContentsUrl: z =>
          z
            .string()
            .describe('Address of a file is this, a slash and its path'),
      },
    },
    async handler(ctx) {
      const name = checkRepositoryName(ctx.input.repository);
      const urls = options.repositories.urls(name);
      ctx.output('remoteUrl', urls.remoteUrl);
      ctx.output('browseUrl', urls.browseUrl);
      ctx.output('repoContentsUrl', urls.repoContentsUrl);
    },
  });
}
