import { InputError } from '@backstage/errors';
import { Router as createExpressRouter, json } from 'express';
import Router from 'express-promise-router';

/**
 * All routes of the plugin, below `/v1`.
 */
export function createRouter(options: {
  routers: ReturnType<typeof createExpressRouter>[];
}) {
  const router = Router();
  router.use(json({ limit: '256kb' }));
  router.use((req, _res, next) => {
    // Databases refuse it: nothing that they know is named so.
    if (req.path.includes('%00')) {
      throw new InputError('A path has no character 0 in it');
    }
    next();
  });
  for (const part of options.routers) {
    router.use('/v1', part);
  }
  return router;
}
