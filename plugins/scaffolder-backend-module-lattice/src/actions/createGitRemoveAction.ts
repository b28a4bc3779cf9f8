import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkRepositoryName } from '../git/repositoryName';
import type { GitOptions } from './createGitPublishAction';

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
      'Removes the repository that lattice:git:publish made in this run.',
    supportsDryRun: true,
    schema: {
      input: { repository: z => z.string() },
      output: { removed: z => z.boolean() },
    },
    async handler(ctx) {
      const name = checkRepositoryName(ctx.input.repository);
      const removed =
        !ctx.isDryRun &&
        (await options.repositories.removeIfPublishedBy({
          name,
          publishedBy: ctx.task.id,
        }));
      ctx.logger.info(
        removed
          ? `Repository ${name} was removed again`
          : `This run published no repository ${name}`,
      );
      ctx.output('removed', removed);
    },
  });
}
