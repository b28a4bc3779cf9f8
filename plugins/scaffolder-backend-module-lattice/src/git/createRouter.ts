import express from 'express';
import Router from 'express-promise-router';
import type { GitRepositories } from './GitRepositories';
import { entryPage, repositoriesPage } from './pages';
import { repositoryUrls } from './repositoryUrls';

/**
 * Routes to look at and to clone the repositories. Nothing can be written here.
 *
 * - `GET /` all repositories
 * - `GET /:name`, `GET /:name/blob|tree/main/<path>` a file or folder as a page
 * - `GET /:name/raw/main/<path>` a file as it is
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
    at: { name: string; path: string },
  ) => {
    const entry = await repositories.read(at);
    const { remoteUrl } = repositoryUrls({ baseUrl, name: at.name });
    res.type('html').send(entryPage({ base, ...at, remoteUrl, entry }));
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

  router.get('/:name/:view(blob|tree)/main', async (req, res) => {
    await showEntry(res, { name: req.params.name, path: '' });
  });

  router.get('/:name/:view(blob|tree)/main/*', async (req, res) => {
    const params = req.params as unknown as { name: string; 0: string };
    await showEntry(res, { name: params.name, path: params[0] });
  });

  router.get('/:name/raw/main/*', async (req, res) => {
    const { name, 0: path } = req.params as unknown as {
      name: string;
      0: string;
    };
    const entry = await repositories.read({ name, path });
    if (entry.type !== 'file') {
      await showEntry(res, { name, path });
      return;
    }
    // Never anything a browser would run under the portal's own origin.
    res
      .set('x-content-type-options', 'nosniff')
      .type('text/plain')
      .send(entry.content);
  });

  router.get('/:name', async (req, res) => {
    await showEntry(res, { name: req.params.name, path: '' });
  });

  return router;
}
