import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkRepositoryName } from '../git/repositoryName';
import { authorOf } from './authorOf';
import type { GitOptions } from './createGitPublishAction';

/**
 * The action `lattice:git:change`: puts files on a new branch of a repository, and opens a pull or merge request where
 * the host has them. Nothing changes until somebody merges it.
 *
 * @public
 */
export function createGitChangeAction(
  options: Pick<GitOptions, 'repositories'>,
) {
  const { repositories } = options;
  return createTemplateAction({
    id: 'lattice:git:change',
    description:
      'Puts the workspace on a new branch of a git repository, and asks for its merge where the host can.',
    examples: [
      {
        description: 'Add a client to an existing component',
        example: `steps:
  - id: change
    name: Open a change of the repository
    action: lattice:git:change
    input:
      repository: stock
      branch: call-orders
      title: Call orders
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        repository: z => z.string().describe('Name of the repository'),
        branch: z => z.string().describe('Name of the new branch'),
        title: z => z.string().describe('What changes, in a few words'),
        description: z =>
          z.string().optional().describe('Text of the pull or merge request'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the workspace to take. Default: all of it'),
      },
      output: {
        changed: z =>
          z.boolean().describe('False: the repository has it all already'),
        browseUrl: z =>
          z
            .string()
            .describe(
              'The pull or merge request, else the branch; the repository where nothing changed',
            ),
        commitHash: z => z.string(),
      },
    },
    async handler(ctx) {
      const { repository, branch, title, description } = ctx.input;
      const name = checkRepositoryName(repository);
      const directory = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      // The same change again is the same branch, so a restarted run needs no checkpoint here.
      const change = ctx.isDryRun
        ? {
            changed: true,
            url: repositories.urls(name).browseUrl,
            commitHash: '0'.repeat(40),
          }
        : await repositories.change({
            name,
            branch,
            title,
            description,
            directory,
            author: authorOf(ctx.user),
          });
      ctx.logger.info(
        [
          ctx.isDryRun ? 'Would open a change of' : undefined,
          change.changed ? change.url : `${change.url} has it all already`,
        ]
          .filter(Boolean)
          .join(' '),
      );
      ctx.output('changed', change.changed);
      ctx.output('browseUrl', change.url);
      ctx.output('commitHash', change.commitHash);
    },
  });
}
