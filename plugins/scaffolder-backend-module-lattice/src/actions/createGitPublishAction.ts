import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  RepositoryOrigin,
  SourceRepositories,
} from '../git/GitRepositories';
import { checkRepositoryName } from '../git/repositoryName';
import type { RunningUser } from '../serviceCatalog/checkMayProvision';
import { authorOf } from './authorOf';
import { describeTakenBack } from './describeTakenBack';

/**
 * What the actions around repositories work with.
 *
 * @public
 */
export interface GitOptions {
  repositories: SourceRepositories;
  /** Whether a user is of an owner's group, or of one that may act for everybody. */
  mayActFor: (user: RunningUser | undefined, owner: string) => boolean;
}

/**
 * The action `lattice:git:publish`: puts the workspace into a new repository. What the same template wrote
 * before for the same owner is changed; what people wrote in it stays.
 *
 * @public
 */
export function createGitPublishAction(options: GitOptions) {
  const { repositories } = options;
  return createTemplateAction({
    id: 'lattice:git:publish',
    description:
      "Commits the workspace to 'main' of a new git repository, or changes the one the same template made before.",
    examples: [
      {
        description: 'Publish everything that was rendered',
        example: `steps:
  - id: publish
    name: Publish the code
    action: lattice:git:publish
    input:
      repository: stock
      owner: \${{ parameters.owner }}
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
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              'Group the repository is for. Without it, a repository that is there is never changed',
            ),
        description: z =>
          z
            .string()
            .optional()
            .describe('One sentence, for hosts that show one'),
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
          z.boolean().describe('Whether this run made the repository'),
        updated: z =>
          z
            .boolean()
            .describe(
              'Whether this run changed a repository that the same template made before',
            ),
        changeUrl: z =>
          z
            .string()
            .optional()
            .describe('Pull or merge request that waits with the change'),
      },
    },
    async handler(ctx) {
      const {
        repository,
        sourcePath = '.',
        owner,
        description,
        message = 'First version',
      } = ctx.input;
      const name = checkRepositoryName(repository);
      const directory = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      const urls = repositories.urls(name);
      // Publishing the same content again changes nothing, so a restarted run needs no checkpoint here.
      const published = ctx.isDryRun
        ? { commitHash: '0'.repeat(40), created: true, updated: false }
        : await repositories.publish({
            name,
            directory,
            message,
            description,
            author: authorOf(ctx.user),
            publishedBy: ctx.task.id,
            origin: originOf({ template: ctx.templateInfo?.entityRef, owner }),
            mayUpdate:
              owner !== undefined && options.mayActFor(ctx.user, owner),
          });
      if (ctx.signal?.aborted) {
        // After a cancelled step nothing else runs that could take it back.
        const taken = await repositories.takeBack({
          name,
          publishedBy: ctx.task.id,
        });
        throw new Error(
          `Cancelled; ${
            describeTakenBack({ name, taken }) ?? 'nothing changed'
          }`,
        );
      }
      ctx.logger.info(
        ctx.isDryRun
          ? `Would publish ${urls.browseUrl}`
          : describePublished({ ...published, browseUrl: urls.browseUrl }),
      );
      ctx.output('repository', name);
      ctx.output('remoteUrl', urls.remoteUrl);
      ctx.output('browseUrl', urls.browseUrl);
      ctx.output('repoContentsUrl', urls.repoContentsUrl);
      ctx.output('commitHash', published.commitHash);
      ctx.output('created', published.created);
      ctx.output('updated', published.updated);
      if ('changeUrl' in published) {
        ctx.output('changeUrl', published.changeUrl);
      }
    },
  });
}

function originOf(options: {
  template?: string;
  owner?: string;
}): RepositoryOrigin | undefined {
  const { template, owner } = options;
  return template && owner ? { template, owner } : undefined;
}

function describePublished(published: {
  browseUrl: string;
  commitHash: string;
  changeUrl?: string;
  updated: boolean;
}): string {
  const { browseUrl, commitHash, changeUrl, updated } = published;
  if (changeUrl) {
    return `The change of ${browseUrl} waits to be merged: ${changeUrl}`;
  }
  return `${browseUrl} ${updated ? 'was changed and ' : ''}is at ${commitHash}`;
}
