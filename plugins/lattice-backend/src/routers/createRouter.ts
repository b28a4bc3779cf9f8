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
  for (const part of options.routers) {
    router.use('/v1', part);
  }
  return router;
}
