import express from 'express';
import Router from 'express-promise-router';
import type { GitRepositories } from './GitRepositories';
import { entryPage, repositoriesPage } from './pages';
import { repositoryUrls } from './repositoryUrls';

/** What express makes of a path that ends in `*`. */
interface FileParams {
  name: string;
  branch: string;
  0: string;
}

/**
 * Routes to look at and to clone the repositories. Nothing can be written here.
 *
 * - `GET /` all repositories
 * - `GET /:name`, `GET /:name/blob|tree/<branch>/<path>` a file or folder as a page
 * - `GET /:name/raw/<branch>/<path>` a file as it is
 * - `GET /:name.git/…` what `git clone` asks for
 */
export function createRouter(options: {
  repositories: GitRepositories;
  baseUrl: string;
}): express.Router {
  const { repositories, baseUrl } = options;
  const base = new URL(baseUrl).pathname;
  const router = Router();

  const showEntry = async (
    res: express.Response,
    at: { name: string; path: string; branch: string },
  ) => {
    const entry = await repositories.read(at);
    const archived = await repositories.isArchived(at);
    const { remoteUrl } = repositoryUrls({ baseUrl, name: at.name });
    res
      .type('html')
      .send(entryPage({ base, ...at, remoteUrl, entry, archived }));
  };

  router.get('/', async (_req, res) => {
    const names = await repositories.list();
    res.type('html').send(repositoriesPage({ base, names }));
  });

  router.get(/^\/([^/]+)\.git\/(.+)$/, async (req, res) => {
    const { 0: name, 1: path } = req.params as unknown as string[];
    const content = await repositories.readProtocolFile({ name, path });
    // Text for `info/refs` tells git that this is the plain-file protocol.
    const type = path.startsWith('objects/')
      ? 'application/x-git-loose-object'
      : 'text/plain';
    res.set('cache-control', 'no-cache').type(type).send(content);
  });

  router.get('/:name/:view(blob|tree)/:branch', async (req, res) => {
    const { name, branch } = req.params;
    await showEntry(res, { name, branch, path: '' });
  });

  router.get('/:name/:view(blob|tree)/:branch/*', async (req, res) => {
    const { name, branch, 0: path } = req.params as unknown as FileParams;
    await showEntry(res, { name, branch, path });
  });

  router.get('/:name/raw/:branch/*', async (req, res) => {
    const { name, branch, 0: path } = req.params as unknown as FileParams;
    const entry = await repositories.read({ name, branch, path });
    if (entry.type !== 'file') {
      await showEntry(res, { name, branch, path });
      return;
    }
    // Never anything a browser would run under the portal's own origin.
    res
      .set('x-content-type-options', 'nosniff')
      .type('text/plain')
      .send(entry.content);
  });

  router.get('/:name', async (req, res) => {
    await showEntry(res, { name: req.params.name, branch: 'main', path: '' });
  });

  return router;
}
