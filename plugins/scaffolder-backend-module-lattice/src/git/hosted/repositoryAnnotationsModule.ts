import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readRepositoriesConfig } from '../../config';
import { createRepositories } from '../createRepositories';
import { RepositorySlugProcessor } from './RepositorySlugProcessor';

/**
 * Annotates components whose repository is of the organization or group of `lattice.repositories`.
 *
 * @public
 */
export const repositoryAnnotationsModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'lattice-repository-annotations',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        const kept = readRepositoriesConfig(config);
        const repositories = createRepositories(config);
        if (!repositories || !kept || kept.type === 'local') {
          return;
        }
        catalog.addProcessor(
          new RepositorySlugProcessor({
            annotation: `${kept.type}.com/project-slug`,
            owner: kept.type === 'github' ? kept.organization : kept.group,
            nameOf: url => repositories.nameOf(url),
          }),
        );
      },
    });
  },
});
