import type { HttpAuthService } from '@backstage/backend-plugin-api';
import Router from 'express-promise-router';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { readServices } from '../authorization/accessKinds';
import { deniedRequestAccess } from '../authorization/viewerAccess';
import type { EstateService } from '../estate/EstateService';
import type { TrafficMap } from '../map/TrafficMap';
import { rangeOf } from '../map/timeWindow';
import { toMapText } from '../map/toMapText';
import { allOutcomesQuerySchema, mapQuerySchema, parse } from './parse';

/**
 * `/map`, `/map/callers`, `/outcomes` and `/completeness`.
 */
export function createMapRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  map: TrafficMap;
}) {
  const { httpAuth, authorizer, estate, map } = options;
  const router = Router();

  router.get('/map', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { allows } = await authorizer.require(credentials, readServices);
    const { from, to, ...filter } = parse(mapQuerySchema, req.query);
    const index = await estate.current();
    const found = await map.map({
      range: rangeOf({ from, to, now: Date.now() }),
      filter,
      allows,
      allowsDenied: await deniedRequestAccess({
        authorizer,
        credentials,
        index,
      }),
    });
    res.type('json').send(toMapText(found));
  });

  router.get('/map/callers', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { allows } = await authorizer.require(credentials, readServices);
    const { from, to, ...filter } = parse(mapQuerySchema, req.query);
    const { edges: _, ...callers } = await map.callersOf({
      range: rangeOf({ from, to, now: Date.now() }),
      filter,
      allows,
      // Edges are not given.
      allowsDenied: () => false,
    });
    res.json(callers);
  });

  router.get('/outcomes', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { allows } = await authorizer.require(credentials, readServices);
    const { from, to, step, ...filter } = parse(
      allOutcomesQuerySchema,
      req.query,
    );
    res.json(
      await map.outcomes({
        filter,
        range: rangeOf({ from, to, now: Date.now() }),
        step,
        allows,
      }),
    );
  });

  router.get('/completeness', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    res.json(await map.completeness());
  });

  return router;
}
