import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { readRepositoriesConfig } from './config';
import { latticeGitPlugin } from './git/latticeGitPlugin';
import { repositoryAnnotationsModule } from './git/hosted/repositoryAnnotationsModule';
import { repositoryUrlReaderFactory } from './git/repositoryUrlReaderFactory';
import { latticeScaffolderModule } from './latticeScaffolderModule';

/**
 * Everything of this package: the actions, and by `lattice.repositories` either the portal's own git repositories
 * with their pages and their URL reader, or the annotations of repositories on GitHub or GitLab.
 *
 * @public
 */
export const latticeScaffolderFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield latticeScaffolderModule;
    const repositories = readRepositoriesConfig(config);
    if (repositories?.type === 'local') {
      yield latticeGitPlugin;
      yield repositoryUrlReaderFactory;
    } else if (repositories) {
      yield repositoryAnnotationsModule;
    }
  },
});
