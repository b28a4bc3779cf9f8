import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

/**
 * The action `lattice:catalog:register`: registers the entities of a file in the catalog. Other than
 * `catalog:register` of Backstage it reads the file first, so that a failure leaves no location behind for the next run
 * to fail at; and a location that is there already is read anew, whether or not anything else of the run had to change.
 *
 * @public
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
}) {
  const { catalog } = options;
  return createTemplateAction({
    id: 'lattice:catalog:register',
    description:
      'Registers entities in the catalog. What is registered already is read anew.',
    examples: [
      {
        description: 'Register what was published',
        example: `steps:
  - id: register
    name: Register it in the catalog
    action: lattice:catalog:register
    input:
      catalogInfoUrl: \${{ steps.publish.output.repoContentsUrl }}/catalog-info.yaml
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        catalogInfoUrl: z =>
          z.string().describe('Address of the file that holds the entities'),
      },
      output: {
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The component, else the first entity of the file; absent in a dry run',
            ),
        created: z =>
          z.boolean().describe('False: it was registered before this run'),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl: target } = ctx.input;
      if (ctx.isDryRun) {
        // The file is not there yet.
        ctx.logger.info(`Would register ${target}`);
        ctx.output('created', true);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const location = { type: 'url', target };
      const read = await catalog.addLocation(
        { ...location, dryRun: true },
        { credentials },
      );
      const entity = mainEntityOf(read.entities);
      if (!entity) {
        throw new InputError(`${target} holds no entity`);
      }
      await catalog.addLocation(
        { ...location, onConflict: 'refresh' },
        { credentials },
      );
      const entityRef = stringifyEntityRef(entity);
      ctx.logger.info(
        read.exists
          ? `${entityRef} is in the catalog already`
          : `${entityRef} is registered`,
      );
      ctx.output('entityRef', entityRef);
      ctx.output('created', !read.exists);
    },
  });
}

/** The location itself is among the entities that are read. */
function mainEntityOf(entities: Entity[]): Entity | undefined {
  const own = entities.filter(({ kind }) => kind !== 'Location');
  return own.find(({ kind }) => kind === 'Component') ?? own.at(0);
}
