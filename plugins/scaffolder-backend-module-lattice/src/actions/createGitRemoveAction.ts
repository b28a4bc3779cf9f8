import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkRepositoryName } from '../git/repositoryName';
import type { GitOptions } from './createGitPublishAction';
import { describeTakenBack } from './describeTakenBack';

/**
 * The action `lattice:git:remove`: takes back what `lattice:git:publish` published in the same run, for clean-up when
 * a later step failed. What another run published stays.
 *
 * @public
 */
export function createGitRemoveAction(
  options: Pick<GitOptions, 'repositories'>,
) {
  return createTemplateAction({
    id: 'lattice:git:remove',
    description:
      'Takes back what lattice:git:publish made or changed in this run.',
    supportsDryRun: true,
    schema: {
      input: { repository: z => z.string() },
      output: {
        removed: z => z.boolean().describe('The repository is gone'),
        reverted: z =>
          z.boolean().describe('The repository is as it was before this run'),
      },
    },
    async handler(ctx) {
      const name = checkRepositoryName(ctx.input.repository);
      const taken = ctx.isDryRun
        ? undefined
        : await options.repositories.takeBack({
            name,
            publishedBy: ctx.task.id,
          });
      ctx.logger.info(
        describeTakenBack({ name, taken }) ??
          `Repository ${name} has nothing of this run to take back`,
      );
      ctx.output('removed', taken === 'removed');
      ctx.output('reverted', taken === 'reverted');
    },
  });
}
