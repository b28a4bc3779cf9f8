import {
  type ReaderFactory,
  urlReaderFactoriesServiceRef,
} from '@backstage/backend-defaults/urlReader';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { requireLocalRepositoriesConfig } from '../config';
import { LocalGitRepositories } from './LocalGitRepositories';
import { RepositoryUrlReader } from './RepositoryUrlReader';

/**
 * Lets every plugin read addresses under `/api/lattice-git` through the URL reader service.
 *
 * @public
 */
export const repositoryUrlReaderFactory = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  async factory(): Promise<ReaderFactory> {
    return ({ config, treeResponseFactory }) => {
      const { directory, baseUrl } = requireLocalRepositoriesConfig(config);
      const repositories = LocalGitRepositories.create({ directory, baseUrl });
      const reader = new RepositoryUrlReader({
        repositories,
        baseUrl,
        treeResponseFactory,
      });
      const predicate = (url: URL) => url.href.startsWith(`${baseUrl}/`);
      return [{ reader, predicate }];
    };
  },
});
