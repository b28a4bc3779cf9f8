import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { readRepositoriesConfig } from './config';
import { latticeGitPlugin } from './git/latticeGitPlugin';
import { repositoryUrlReaderFactory } from './git/repositoryUrlReaderFactory';
import { latticeScaffolderModule } from './latticeScaffolderModule';

/**
 * Everything of this package: the actions, and with `lattice.repositories` configured the portal's own git
 * repositories with their pages and their URL reader.
 *
 * @public
 */
export const latticeScaffolderFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield latticeScaffolderModule;
    if (readRepositoriesConfig(config)) {
      yield latticeGitPlugin;
      yield repositoryUrlReaderFactory;
    }
  },
});
