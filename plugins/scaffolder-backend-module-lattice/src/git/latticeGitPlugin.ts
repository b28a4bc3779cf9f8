import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { requireLocalRepositoriesConfig } from '../config';
import { createRouter } from './createRouter';
import { LocalGitRepositories } from './LocalGitRepositories';

/**
 * Serves the portal's own repositories under `/api/lattice-git`, to read and to clone.
 *
 * @public
 */
export const latticeGitPlugin = createBackendPlugin({
  pluginId: 'lattice-git',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
      },
      async init({ config, httpRouter }) {
        const { directory, baseUrl, anonymousRead } =
          requireLocalRepositoriesConfig(config);
        const repositories = LocalGitRepositories.create({
          directory,
          baseUrl,
        });
        httpRouter.use(createRouter({ repositories, baseUrl }));
        if (anonymousRead) {
          httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        }
      },
    });
  },
});
