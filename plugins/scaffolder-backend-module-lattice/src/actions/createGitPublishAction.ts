import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { GitRepositories } from '../git/GitRepositories';
import { checkRepositoryName } from '../git/repositoryName';
import { repositoryUrls } from '../git/repositoryUrls';
import { authorOf } from './authorOf';

/**
 * What the actions around the portal's repositories work with.
 *
 * @public
 */
export interface GitOptions {
  repositories: GitRepositories;
  /** Where the repositories are served. */
  baseUrl: string;
}

/**
 * The action `lattice:git:publish`: puts the workspace into a new repository of the portal.
 *
 * @public
 */
export function createGitPublishAction(options: GitOptions) {
  const { repositories, baseUrl } = options;
  return createTemplateAction({
    id: 'lattice:git:publish',
    description:
      "Commits the workspace to 'main' of a new git repository kept by the portal.",
    examples: [
      {
        description: 'Publish everything that was rendered',
        example: `steps:
  - id: publish
    name: Publish the code
    action: lattice:git:publish
    input:
      repository: stock
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        repository: z => z.string().describe('Name of the repository'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the workspace to publish. Default: all of it'),
        message: z => z.string().optional().describe('Default: First version'),
      },
      output: {
        repository: z => z.string(),
        remoteUrl: z => z.string().describe('For git clone'),
        browseUrl: z => z.string().describe('The page that shows the files'),
        repoContentsUrl: z =>
          z
            .string()
            .describe('Address of a file is this, a slash and its path'),
        commitHash: z => z.string(),
        created: z =>
          z
            .boolean()
            .describe('False: the same content had been published before'),
      },
    },
    async handler(ctx) {
      const {
        repository,
        sourcePath = '.',
        message = 'First version',
      } = ctx.input;
      const name = checkRepositoryName(repository);
      const directory = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      const urls = repositoryUrls({ baseUrl, name });
      // Publishing the same content again changes nothing, so a restarted run needs no checkpoint here.
      const published = ctx.isDryRun
        ? { commitHash: '0'.repeat(40), created: true }
        : await repositories.publish({
            name,
            directory,
            message,
            author: authorOf(ctx.user),
            publishedBy: ctx.task.id,
          });
      if (ctx.signal?.aborted) {
        // After a cancelled step nothing else runs that could take it back.
        await repositories.removeIfPublishedBy({
          name,
          publishedBy: ctx.task.id,
        });
        throw new Error(`Cancelled; repository ${name} was removed again`);
      }
      ctx.logger.info(
        ctx.isDryRun
          ? `Would publish ${urls.browseUrl}`
          : `${urls.browseUrl} is at ${published.commitHash}`,
      );
      ctx.output('repository', name);
      ctx.output('remoteUrl', urls.remoteUrl);
      ctx.output('browseUrl', urls.browseUrl);
      ctx.output('repoContentsUrl', urls.repoContentsUrl);
      ctx.output('commitHash', published.commitHash);
      ctx.output('created', published.created);
    },
  });
}
